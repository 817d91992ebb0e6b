import type { Calendar } from "@ithaca/domain";
import type { YearRange } from "./resolve-holidays.ts";

/** The holidays of a calendar as a Markdown table: a row for each name, a column for each year, "MM-DD" in the cells. */
export function renderHolidayTable({ holidays }: Calendar, { from, to }: YearRange): string {
  const years = Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
  const listed = holidays.filter(({ on }) => years.includes(on.slice(0, 4)));
  const names = [...new Set(listed.map(({ name }) => name))];
  const rows = names.map((name) => {
    const cells = years.map((year) =>
      listed
        .filter((holiday) => holiday.name === name && holiday.on.startsWith(year))
        .map(({ on }) => on.slice(5))
        .join(", "),
    );
    return `| ${[name, ...cells].join(" | ")} |`;
  });
  return [`| holiday | ${years.join(" | ")} |`, `|---|${years.map(() => "---|").join("")}`, ...rows].join("\n");
}

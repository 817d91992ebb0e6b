import type { Calendar } from "@ithaca/domain";
import type { YearRange } from "./resolve-holidays.ts";

/** The holidays of a calendar as a Markdown table: a row for each name, a column for each year, "MM-DD" in the cells. */
export function renderHolidayTable({ holidays }: Calendar, { from, to }: YearRange): string {
  const years = Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
  const listed = holidays.filter(({ on }) => years.includes(on.slice(0, 4)));
  const names = [...new Set(listed.map(({ name }) => name))];
  const cell = (name: string, year: string) =>
    listed
      .filter((holiday) => holiday.name === name && holiday.on.startsWith(year))
      .map(({ on }) => on.slice(5))
      .join(", ");
  const rows = [["holiday", ...years], ...names.map((name) => [name, ...years.map((year) => cell(name, year))])];
  return padded(rows);
}

/** Columns of equal width, as a formatter of Markdown would have them. The first row is the head. */
function padded(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text, column) => text.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

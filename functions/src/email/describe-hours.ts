import { type Calendar, type DayHours, WEEKDAYS, type Weekday } from "@ithaca/domain";

const NAMES: Record<Weekday, string> = {
  1: "Monday",
  2: "Tuesday",
  3: "Wednesday",
  4: "Thursday",
  5: "Friday",
  6: "Saturday",
  7: "Sunday",
};

/** A calendar's regular week in words, by its own wall clock: "Monday to Friday 08:00–20:00 (America/New_York)". */
export function describeHours({ week, zone }: Calendar): string {
  const spans: { first: Weekday; last: Weekday; hours: string }[] = [];
  for (const day of WEEKDAYS) {
    const hours = hoursInWords(week[day] ?? []);
    const before = spans.at(-1);
    if (before?.hours === hours) before.last = day;
    else spans.push({ first: day, last: day, hours });
  }

  const open = spans.filter(({ hours }) => hours !== "");
  if (open.length === 0) return "by arrangement";
  return `${open.map(({ first, last, hours }) => `${daysInWords(first, last)} ${hours}`).join(", ")} (${zone})`;
}

function daysInWords(first: Weekday, last: Weekday): string {
  if (first === last) return NAMES[first];
  return `${NAMES[first]} ${last - first === 1 ? "and" : "to"} ${NAMES[last]}`;
}

function hoursInWords(hours: DayHours): string {
  return hours.map(([opens, closes]) => `${opens}–${closes}`).join(" and ");
}

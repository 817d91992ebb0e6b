import type { Calendar } from "./calendar.ts";

/** A calendar for tests: New York, Monday to Friday 08:00–20:00, unless something else is said. */
export function exampleCalendar(different: Partial<Calendar> = {}): Calendar {
  return {
    id: "example",
    version: 1,
    name: "Example",
    zone: "America/New_York",
    week: {
      "1": [["08:00", "20:00"]],
      "2": [["08:00", "20:00"]],
      "3": [["08:00", "20:00"]],
      "4": [["08:00", "20:00"]],
      "5": [["08:00", "20:00"]],
    },
    holidays: [],
    ...different,
  };
}

/** A week in which each day has the same hours. */
export function everyDay(...hours: [string, string][]): Calendar["week"] {
  return { "1": hours, "2": hours, "3": hours, "4": hours, "5": hours, "6": hours, "7": hours };
}

/** A holiday written by hand. */
export function holiday(on: string, name: string, hours?: [string, string][]): Calendar["holidays"][number] {
  return { on, name, ...(hours !== undefined && { hours }), source: { kind: "hand" } };
}

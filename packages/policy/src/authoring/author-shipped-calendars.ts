import type { Calendar, DayHours, WeekHours } from "@ithaca/domain";
import { type HolidayPlace, resolveHolidays, type YearRange } from "./resolve-holidays.ts";

/** The years whose holidays the shipped calendars know. */
export const SHIPPED_YEARS: YearRange = { from: 2024, to: 2031 };

const US_FEDERAL: HolidayPlace = { country: "US" };
const NEW_SOUTH_WALES: HolidayPlace = { country: "AU", state: "NSW" };

/** The calendars of the shipped policy (support-policy.md, "Teams and hours"), by the name of their file. */
export function authorShippedCalendars(): Readonly<Record<string, Calendar>> {
  const federal = resolveHolidays(US_FEDERAL, SHIPPED_YEARS);
  const newSouthWales = resolveHolidays(NEW_SOUTH_WALES, SHIPPED_YEARS);
  const main = { version: 1, zone: "America/New_York", holidays: federal };
  const au = { version: 1, zone: "Australia/Sydney", holidays: newSouthWales };

  return {
    "main-calendar": {
      id: "main-hours",
      name: "Main support",
      ...main,
      week: workingWeek(["08:00", "20:00"]),
    },
    "au-calendar": {
      id: "au-hours",
      name: "Australian support",
      ...au,
      week: workingWeek(["09:00", "17:00"]),
    },
    "main-chat-calendar": {
      id: "main-chat",
      name: "Main live chat",
      ...main,
      week: workingWeek(["09:00", "17:00"]),
    },
    "au-chat-calendar": {
      id: "au-chat",
      name: "Australian live chat",
      ...au,
      week: workingWeek(["13:00", "16:00"]),
    },
    "round-the-clock-calendar": {
      id: "round-the-clock",
      version: 1,
      name: "Day and night",
      zone: "UTC",
      week: everyDay(["00:00", "24:00"]),
      holidays: [],
    },
  };
}

function workingWeek(hours: DayHours[number]): WeekHours {
  return { "1": [hours], "2": [hours], "3": [hours], "4": [hours], "5": [hours] };
}

function everyDay(hours: DayHours[number]): WeekHours {
  return { ...workingWeek(hours), "6": [hours], "7": [hours] };
}

import type { Calendar } from "@ithaca/domain";
import { DateTime } from "luxon";
import moment from "moment-business-time";

/** Another way to reckon business time, by epoch milliseconds. */
export type Rival = {
  readonly name: string;
  readonly add: (startMs: number, openMs: number) => number;
  readonly between: (startMs: number, endMs: number) => number;
};

type Week = Readonly<Record<number, readonly [string, string] | undefined>>;

/** Day after day with luxon, as one writes it: the day's hours, what is left of them, the next day. */
export function luxonDayLoop({ zone, week, holidays }: Calendar): Rival {
  const hours = firstIntervals(week);
  const closed = new Set(holidays.map(({ on }) => on));

  function* openings(startMs: number): Iterable<[number, number]> {
    let day = DateTime.fromMillis(startMs, { zone }).startOf("day");
    for (;;) {
      const interval = hours[day.weekday];
      if (interval !== undefined && !closed.has(day.toISODate() ?? "")) {
        yield [atTime(day, interval[0]), atTime(day, interval[1])];
      }
      day = day.plus({ days: 1 });
    }
  }

  return {
    name: "luxon day loop",
    add: (startMs, openMs) => {
      let left = openMs;
      for (const [opensMs, closesMs] of openings(startMs)) {
        const from = Math.max(startMs, opensMs);
        if (from >= closesMs) continue;
        if (left <= closesMs - from) return from + left;
        left -= closesMs - from;
      }
      return Number.NaN;
    },
    between: (startMs, endMs) => {
      let sum = 0;
      for (const [opensMs, closesMs] of openings(startMs)) {
        if (opensMs >= endMs) return sum;
        sum += Math.max(0, Math.min(endMs, closesMs) - Math.max(startMs, opensMs));
      }
      return sum;
    },
  };
}

function atTime(day: DateTime, time: string): number {
  const [hour, minute] = time.split(":").map(Number);
  return day.set({ hour: hour ?? 0, minute: minute ?? 0 }).toMillis();
}

/**
 * The library moment-business-time. It knows the zone of the process alone, so that it gets the calendar's: whoever calls
 * this has the zone of the process changed. It reckons in minutes.
 */
export function momentBusinessTime({ zone, week, holidays }: Calendar): Rival {
  process.env.TZ = zone;
  const hours = firstIntervals(week);
  const workinghours = Object.fromEntries(
    [7, 1, 2, 3, 4, 5, 6].map((weekday) => [weekday % 7, hours[weekday]?.map((time) => `${time}:00`) ?? null]),
  );
  moment.updateLocale("en", { workinghours, holidays: holidays.map(({ on }) => on) });

  return {
    name: "moment-business-time",
    add: (startMs, openMs) =>
      moment(startMs)
        .addWorkingTime(openMs / 60_000, "minutes")
        .valueOf(),
    between: (startMs, endMs) => moment(endMs).workingDiff(moment(startMs), "minutes", true) * 60_000,
  };
}

function firstIntervals(week: Calendar["week"]): Week {
  return Object.fromEntries(Object.entries(week).map(([weekday, intervals]) => [Number(weekday), intervals?.[0]]));
}

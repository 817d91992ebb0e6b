import { addOpenTime, DAY_MS, HOUR_MS, type Instant, MINUTE_MS, plus } from "@ithaca/domain";
import { describe, expect, test, vi } from "vitest";
import { openingAppend, START } from "../contract/example-appends.ts";
import { exampleCalendar, examplePolicy, exampleRules } from "../contract/example-rules.ts";
import { openMemoryStore } from "../open-memory-store.ts";
import type { Rules } from "../ports/rules.ts";
import { REMEMBERED_MS, rulebookCache } from "./rulebook-cache.ts";

const REFRESH_MS = MINUTE_MS;

function openRules() {
  let now: Instant = START;
  const shipped = exampleRules();
  const { rules } = openMemoryStore({ clock: () => now, random: () => 0, shipped });
  const read = vi.fn(rules.timeline);
  const readCalendars = vi.fn(rules.calendars);
  const counted: Rules = { ...rules, timeline: read, calendars: readCalendars };
  const cache = rulebookCache({ rules: counted, shipped, refreshMs: REFRESH_MS, clock: () => now });
  return {
    rules,
    cache,
    read,
    readCalendars,
    pass: (ms: number) => {
      now = plus(now, ms);
      return now;
    },
    inForce: () => cache.inForce(now, []),
  };
}

function change(inForceFrom: Instant) {
  return { by: "prin_manager", at: START, reason: "Trial", inForceFrom };
}

describe("when nothing was ever put", () => {
  test("what ships is in force", async () => {
    const { inForce } = openRules();
    const rulebook = await inForce();
    expect(rulebook.policy).toEqual(examplePolicy());
    expect(rulebook.calendar("main-hours").calendar).toEqual(exampleCalendar());
    expect(() => rulebook.calendar("absent")).toThrow("absent");
  });

  test("a clock without a calendar always runs, one with a calendar by it", async () => {
    const { inForce } = openRules();
    const rulebook = await inForce();
    const reference = { id: "main-hours", version: 1 };
    expect(addOpenTime(rulebook.hoursOf(undefined), START, HOUR_MS)).toBe(plus(START, HOUR_MS));
    expect(addOpenTime(rulebook.hoursOf(reference), START, HOUR_MS)).toBe(plus(START, HOUR_MS));
    expect(() => rulebook.hoursOf({ id: "main-hours", version: 9 })).toThrow("main-hours 9");
  });
});

describe("when a version is to be in force from an instant on", () => {
  test("it is from that instant and not before, and the version before it stays at hand", async () => {
    const { rules, inForce, pass } = openRules();
    await rules.putPolicy(examplePolicy(2), change(plus(START, HOUR_MS)), 0);
    await rules.putCalendar(exampleCalendar(2), change(plus(START, HOUR_MS)), 1);

    pass(HOUR_MS - 1);
    expect((await inForce()).policy.version).toBe(1);
    pass(1);
    const rulebook = await inForce();
    expect(rulebook.policy.version).toBe(2);
    expect(rulebook.calendar("main-hours").calendar.version).toBe(2);
    expect(rulebook.hoursOf({ id: "main-hours", version: 1 })).toBeDefined();
  });

  test("of two that began, the later one; of two at the same instant, the higher version", async () => {
    const { rules, inForce, pass } = openRules();
    await rules.putPolicy(examplePolicy(2), change(plus(START, 20)), 0);
    await rules.putPolicy(examplePolicy(3), change(plus(START, 10)), 1);
    await rules.putPolicy(examplePolicy(4), change(plus(START, 10)), 2);
    pass(10);
    expect((await inForce()).policy.version).toBe(4);
    pass(10);
    expect((await inForce()).policy.version).toBe(2);
  });
});

describe("what is to come into force later", () => {
  test("a rulebook knows which version of a calendar is in force from when, in order", async () => {
    const { rules, inForce } = openRules();
    await rules.putCalendar(exampleCalendar(2), change(plus(START, 20)), 0);
    await rules.putCalendar(exampleCalendar(3), change(plus(START, 10)), 1);
    const { versionsOf, moves, hoursOf } = await inForce();
    expect(versionsOf("main-hours")).toEqual([
      { version: 3, from: plus(START, 10) },
      { version: 2, from: plus(START, 20) },
    ]);
    expect(versionsOf("absent")).toEqual([]);
    expect(hoursOf({ id: "main-hours", version: 3 })).toBeDefined();
    expect(moves).toEqual([]);
  });

  test("and which policies move unfinished cycles then, by the calendars of that instant", async () => {
    const { rules, inForce, pass } = openRules();
    const [soon, late] = [change(plus(START, 10 * REFRESH_MS)), change(plus(START, 20 * REFRESH_MS))];
    await rules.putPolicy(examplePolicy(2), { ...late, movesUnfinished: true }, 0);
    await rules.putPolicy(examplePolicy(3), { ...soon, movesUnfinished: true }, 1);
    await rules.putPolicy(examplePolicy(4), soon, 2);
    await rules.putCalendar(exampleCalendar(2), soon, 3);
    const { moves } = await inForce();
    expect(moves.map(({ policy, from }) => [policy.version, from])).toEqual([
      [3, soon.inForceFrom],
      [2, late.inForceFrom],
    ]);
    expect(moves[0]?.calendar("main-hours").calendar.version).toBe(2);

    pass(REFRESH_MS);
    await rules.putPolicy(examplePolicy(5), { ...late, movesUnfinished: true }, 4);
    pass(REFRESH_MS);
    expect((await inForce()).moves).toHaveLength(3);
  });
});

describe("when a desk edited a calendar on each of three hundred days", () => {
  const DAYS = 300;
  const edited = async () => {
    const desk = openRules();
    for (let day = 1; day <= DAYS; day += 1) {
      await desk.rules.putCalendar(exampleCalendar(day + 1), change(plus(START, day * DAY_MS)), day - 1);
    }
    return { ...desk, now: desk.pass(DAYS * DAY_MS) };
  };
  /** A case whose clocks were started on the calendar version of a day. */
  const startedOn = async (day: number) => {
    const store = openMemoryStore({ clock: () => START, random: () => 0, shipped: exampleRules() });
    const { next } = (await openingAppend(store)).append;
    const from = plus(START, day * DAY_MS);
    const onThatDay = { from, measuredFrom: from, calendar: { id: "main-hours", version: day + 1 } };
    const clocks = next.clocks.map((cycle) => ({
      ...cycle,
      segments: cycle.segments.map((segment) => ({ ...segment, ...onThatDay })),
    }));
    return { ...next, clocks };
  };

  test("the rules in force read the one in force and list all of them", async () => {
    const { inForce, readCalendars } = await edited();
    const rulebook = await inForce();
    expect(readCalendars.mock.calls).toEqual([[[{ id: "main-hours", version: DAYS + 1 }]]]);
    expect(rulebook.versionsOf("main-hours")).toHaveLength(DAYS);
    expect(() => rulebook.hoursOf({ id: "main-hours", version: 9 })).toThrow("main-hours 9 is not at hand");
  });

  test.each([1, 120, DAYS])("a clock of day %i has its own version and all since at hand", async (day) => {
    const { cache, now } = await edited();
    const rulebook = await cache.inForce(now, [await startedOn(day)]);
    for (let version = day + 1; version <= DAYS + 1; version += 1) {
      expect(rulebook.hoursOf({ id: "main-hours", version })).toBeDefined();
    }
    if (day > 1) expect(() => rulebook.hoursOf({ id: "main-hours", version: day })).toThrow("not at hand");
  });

  test("what was read for one case is not read again for the next", async () => {
    const { cache, now, readCalendars } = await edited();
    await cache.inForce(now, [await startedOn(100)]);
    readCalendars.mockClear();
    await cache.inForce(now, [await startedOn(101)]);
    expect(readCalendars).not.toHaveBeenCalled();
  });
});

describe("when rulebooks are asked for again and again", () => {
  test("the timeline is read once in the refresh time, by however many at once", async () => {
    const { inForce, read, pass } = openRules();
    await Promise.all(Array.from({ length: 10 }, inForce));
    pass(REFRESH_MS - 1);
    await inForce();
    expect(read).toHaveBeenCalledTimes(1);
    pass(1);
    await inForce();
    expect(read).toHaveBeenCalledTimes(2);
  });

  test("the same rules are the same rulebook, compiled once", async () => {
    const { inForce, pass } = openRules();
    const first = await inForce();
    pass(2 * REFRESH_MS);
    expect(await inForce()).toBe(first);
    expect(first.calendar("main-hours").hours).toBe(first.calendar("main-hours").hours);
  });
});

describe("when the store cannot be read", () => {
  test("what is remembered stays in force, and the next one asks again", async () => {
    const { rules, inForce, read, pass } = openRules();
    const remembered = await inForce();
    read.mockRejectedValueOnce(new Error("down"));
    await rules.putPolicy(examplePolicy(2), change(START), 0);
    pass(REFRESH_MS);
    expect(await inForce()).toBe(remembered);
    expect((await inForce()).policy.version).toBe(2);
  });

  test("for longer than a sweep waits for, it is a fault: nobody goes by rules that were changed long ago", async () => {
    const { inForce, read, pass } = openRules();
    const remembered = await inForce();
    read.mockRejectedValue(new Error("down"));
    pass(REMEMBERED_MS);
    expect(await inForce()).toBe(remembered);
    pass(1);
    await expect(inForce()).rejects.toThrow("down");
  });

  test("and nothing is remembered, it is a fault: what ships may not be what is in force", async () => {
    const { inForce, read } = openRules();
    read.mockRejectedValueOnce(new Error("down"));
    await expect(inForce()).rejects.toThrow("down");
    expect((await inForce()).policy.version).toBe(1);
  });
});

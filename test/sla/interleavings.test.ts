import { describe, expect, test } from "vitest";
import { disagreements } from "./compare.ts";
import { type Edits, minutesAfter, SEASONS } from "./desk.ts";
import { type History, live, type Step } from "./live.ts";

/** What can happen to a case between two looks at it; an edit happens to its calendar instead. */
const OPERATIONS = {
  answer: { what: "reply" },
  pause: { what: "status", status: "waiting-on-customer" },
  resume: { what: "status", status: "open" },
  resolve: { what: "resolve-silently" },
  reopen: { what: "message", lateMinutes: 0 },
  raise: { what: "priority", to: "high" },
  lower: { what: "priority", to: "low" },
  "hand over": { what: "team", team: "au" },
  edit: undefined,
} as const satisfies Record<string, Step["does"] | undefined>;
type Operation = keyof typeof OPERATIONS;
const NAMES = Object.keys(OPERATIONS) as Operation[];

/** When the timer rings, in minutes from each operation; behind it at the same instant is a step of its own. */
const TIMERS = {
  never: [],
  before: [-1],
  at: [0],
  after: [1],
  "twice and out of order": [-1, -1, 0, 1, 1],
} as const;

const STEPS_MAX = 4;
/** The medium target is 110 minutes: it falls on the second and third steps, and on one of them exactly. */
const GAP_MINUTES = 55;
const OPENED_AT = minutesAfter(SEASONS["a holiday in New York"], 120);

function sequences(length: number): Operation[][] {
  if (length === 0) return [[]];
  return sequences(length - 1).flatMap((before) => NAMES.map((name) => [...before, name]));
}

function historyOf(operations: readonly Operation[], rings: readonly number[]): History {
  const happening: { atMinute: number; does: Step["does"] }[] = [];
  const calendars: Edits["calendars"][number][] = [];
  for (const [index, name] of operations.entries()) {
    const atMinute = (index + 1) * GAP_MINUTES;
    const wakes = rings.map((ring) => ({ atMinute: atMinute + ring, does: { what: "wake" as const } }));
    const does = OPERATIONS[name];
    if (does === undefined && calendars.length === 0) {
      calendars.push({ id: "main-hours", version: 3, from: minutesAfter(OPENED_AT, atMinute) });
    }
    happening.push(...wakes.filter((wake) => wake.atMinute <= atMinute));
    if (does !== undefined) happening.push({ atMinute, does });
    happening.push(...wakes.filter((wake) => wake.atMinute > atMinute));
  }
  const steps = happening.map(({ atMinute, does }, index) => ({
    waitMinutes: atMinute - (happening[index - 1]?.atMinute ?? 0),
    does,
  }));
  return { openedAt: OPENED_AT, lateMinutes: 0, priority: "medium", accountTeam: "main", steps, edits: { calendars } };
}

describe("every order of up to four things that happen to a case", () => {
  const all = [1, 2, 3, 4].slice(0, STEPS_MAX).flatMap(sequences);

  test.each(Object.entries(TIMERS))(
    "with a timer that rings %s: one breach or none, as the minutes say",
    (_name, rings) => {
      const wrong: string[] = [];
      let breaches = 0;
      for (const operations of all) {
        const history = historyOf(operations, rings);
        const lived = live(history);
        breaches += lived.facts.filter(({ type }) => type === "ClockBreached").length;
        if (disagreements(history, lived).length > 0) wrong.push(operations.join(", "));
      }
      expect(wrong).toEqual([]);
      expect(all).toHaveLength(9 + 81 + 729 + 6_561);
      expect(breaches).toBeGreaterThan(all.length / 2);
    },
  );

  test("the timer changes nothing but when a breach is noticed", () => {
    const cyclesOf = (operations: readonly Operation[], rings: readonly number[]) => {
      const { facts } = live(historyOf(operations, rings));
      return facts
        .flatMap((fact) => (fact.type === "ClockBreached" ? [`${fact.metric} ${fact.cycle} ${fact.dueAt}`] : []))
        .sort();
    };
    for (const operations of sequences(3)) {
      const expected = cyclesOf(operations, TIMERS.never);
      for (const rings of Object.values(TIMERS))
        expect([operations, cyclesOf(operations, rings)]).toEqual([operations, expected]);
    }
  });
});

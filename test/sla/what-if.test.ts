import {
  addCase,
  type Calendar,
  type CasePreview,
  type Compared,
  emptySummary,
  type Instant,
  instantOf,
  mergeSummaries,
  previewCase,
  proposedRules,
  type ReplayedCase,
  type Rulebook,
  replayCase,
} from "@ithaca/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryHistory, historyText } from "./arbitrary-history.ts";
import { type Edits, rulebookAt } from "./desk.ts";
import { cyclesByTheFacts, type History, live } from "./live.ts";
import { type CycleTold, cyclesByTheMinute } from "./oracle.ts";

const HISTORIES = 3_000;
const SEED = 7;
const ALWAYS = 0 as Instant;

/** Rules that have always been in force: some versions of calendars, one of the two policies. */
const arbitraryRules: fc.Arbitrary<Edits> = fc
  .record({
    main: fc.integer({ min: 1, max: 3 }),
    au: fc.integer({ min: 1, max: 3 }),
    halved: fc.boolean(),
  })
  .map(({ main, au, halved }) => ({
    calendars: [
      { id: "main-hours", version: main, from: ALWAYS },
      { id: "au-hours", version: au, from: ALWAYS },
    ],
    ...(halved && { policy: { from: ALWAYS, movesUnfinished: false } }),
  }));

function told({ cycles }: ReplayedCase): CycleTold[] {
  return cycles.map(({ cycle: { metric, number, startedAt, breachedAt, outcome } }) => ({
    metric,
    number,
    startedAt,
    breachedAt,
    outcome,
  }));
}

const byName = (a: CycleTold, b: CycleTold) => `${a.metric} ${a.number}`.localeCompare(`${b.metric} ${b.number}`);

function replayed(history: History, { appends, until }: ReturnType<typeof live>, rules: Edits): CycleTold[] {
  const found = replayCase({ caseId: "case_100000009", appends }, rulebookAt(rules, history.openedAt), until, {
    classifyAnew: false,
  });
  if (found === undefined) throw new Error("a case that was opened is replayed");
  return told(found).toSorted(byName);
}

function failureOf<Given extends [History, ...unknown[]]>(found: fc.RunDetails<Given>): string | undefined {
  if (!found.failed) return undefined;
  const [history, ...rules] = found.counterexample ?? [];
  return `${history && historyText(history)}\n${JSON.stringify(rules)}\n${found.errorInstance}`;
}

describe("a recorded case under other rules", () => {
  test(`is as if it had been lived under them, and as the minutes have it, over ${HISTORIES} histories`, () => {
    let [compared, differing] = [0, 0];
    const property = fc.property(arbitraryHistory, arbitraryRules, arbitraryRules, (history, before, after) => {
      const recorded = live({ ...history, edits: before }, { promptly: true });
      const proposed = live({ ...history, edits: after }, { promptly: true });
      const same = cyclesByTheFacts(recorded.facts).toSorted(byName);
      expect(replayed(history, recorded, before)).toEqual(same);
      // What somebody tried under one of them and could not do was not recorded, or would not have been possible.
      if (JSON.stringify(recorded.accepted) !== JSON.stringify(proposed.accepted)) return;
      const there = replayed(history, recorded, after);
      expect(there).toEqual(cyclesByTheFacts(proposed.facts).toSorted(byName));
      expect(there).toEqual(cyclesByTheMinute(proposed.happenings, after, proposed.until).toSorted(byName));
      compared += 1;
      if (JSON.stringify(there) !== JSON.stringify(same)) differing += 1;
    });
    expect(failureOf(fc.check(property, { numRuns: HISTORIES, seed: SEED }))).toBeUndefined();
    expect(compared).toBeGreaterThan(HISTORIES / 2);
    expect(differing).toBeGreaterThan(HISTORIES / 10);
  });
});

const LAWS = 500;
const HOLIDAY_ON = "2026-11-25";
const HOLIDAY = { from: instantOf("2026-11-25T05:00:00Z"), until: instantOf("2026-11-26T05:00:00Z") };

const UNCHANGED: Edits = { calendars: [] };
const rules = rulebookAt(UNCHANGED, ALWAYS);

function preview(history: History, after: Rulebook, number = 1): CasePreview {
  const { appends, until } = live({ ...history, edits: UNCHANGED }, { promptly: true });
  const compared: Compared = { before: rules, after, now: until, classifyAnew: false };
  const found = previewCase({ caseId: `case_${number}`, appends }, compared);
  if (found === undefined) throw new Error("a case that was opened is previewed");
  return { ...found, accountId: `acct_${number % 4}` };
}

function withHoliday(): Rulebook {
  const { calendar } = rules.calendar("main-hours");
  const holiday: Calendar["holidays"][number] = { on: HOLIDAY_ON, name: "Day off", source: { kind: "hand" } };
  return proposedRules(rules, {
    calendars: [{ ...calendar, version: 9, holidays: [holiday, ...calendar.holidays] }],
  });
}

describe("a preview", () => {
  test("of the rules that are in force changes nothing", () => {
    const same = proposedRules(rules, {
      policy: rules.policy,
      calendars: rules.calendars().map((one) => one.calendar),
    });
    const property = fc.property(arbitraryHistory, (history) => {
      expect(preview(history, same).cycles.filter(({ changed }) => changed)).toEqual([]);
    });
    expect(failureOf(fc.check(property, { numRuns: LAWS, seed: SEED }))).toBeUndefined();
  });

  test("of one more holiday changes only cycles that run over it", () => {
    const after = withHoliday();
    let changes = 0;
    const property = fc.property(arbitraryHistory, (history) => {
      // A case that pages is routed by who is open, and what it was routed by stays with it afterwards.
      const pages = [history.priority, ...history.steps.map(({ does }) => ("to" in does ? does.to : ""))];
      fc.pre(!pages.includes("critical"));
      for (const { key, before, after: then, changed } of preview(history, after).cycles) {
        if (!changed) continue;
        changes += 1;
        const startedAt = Number(key.split(" ")[1]);
        const dueAt = Math.max(before?.dueAt ?? 0, then?.dueAt ?? 0);
        expect([startedAt < HOLIDAY.until, dueAt > HOLIDAY.from]).toEqual([true, true]);
      }
    });
    expect(failureOf(fc.check(property, { numRuns: LAWS, seed: SEED }))).toBeUndefined();
    expect(changes).toBeGreaterThan(20);
  });

  test("is summed up alike in whatever order and groups its cases come", () => {
    const halved = proposedRules(rules, { policy: rulebookAt(HALVED, ALWAYS).policy });
    const many = fc.array(arbitraryHistory, { minLength: 3, maxLength: 30 });
    const property = fc.property(many, fc.nat(), fc.nat(), (histories, one, other) => {
      const previews = histories.map((history, index) => preview(history, halved, index));
      const [first, second] = [one % previews.length, other % previews.length].toSorted((a, b) => a - b);
      const parts = [previews.slice(0, first), previews.slice(first, second), previews.slice(second)].map(summed);
      const [a = emptySummary(), b = emptySummary(), c = emptySummary()] = parts;
      const whole = summed(previews);
      expect(mergeSummaries(mergeSummaries(a, b), c)).toEqual(whole);
      expect(mergeSummaries(a, mergeSummaries(c, b))).toEqual(whole);
      expect(summed(previews.toReversed())).toEqual(whole);
      expect(mergeSummaries(emptySummary(), whole)).toEqual(whole);
    });
    fc.assert(property, { numRuns: 60, seed: SEED });
  });
});

const HALVED: Edits = { calendars: [], policy: { from: ALWAYS, movesUnfinished: false } };

function summed(previews: readonly CasePreview[]) {
  const summary = emptySummary();
  for (const preview of previews) addCase(summary, preview);
  return summary;
}

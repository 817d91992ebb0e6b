import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Case,
  changePriority,
  changeStatus,
  HOUR_MS,
  handOver,
  type Instant,
  type Mark,
  merge,
  plus,
  receiveMessage,
  refuse,
  reply,
  resolve,
  setMarks,
  type TargetRule,
  waive,
  wake,
} from "@ithaca/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attainedAsCounted, attainedByFacts } from "../contract/everything-attained.ts";
import { BY, newSuffix, openExample, START } from "../contract/example-appends.ts";
import { exampleRules } from "../contract/example-rules.ts";
import { ATTAINED_PREFIX } from "../keys.ts";
import { countCases } from "../maintenance/count-cases.ts";
import { exportDesk } from "../maintenance/export-desk.ts";
import { importDesk } from "../maintenance/import-desk.ts";
import { openMemoryStore } from "../open-memory-store.ts";
import type { Decide } from "../ports/cases.ts";
import type { Store } from "../store.ts";
import { HEADINGS_MAX } from "./outcome-writes.ts";

const promise = (metric: TargetRule["when"]["metric"][number], minutes: number): TargetRule => ({
  id: metric,
  when: { metric: [metric] },
  length: { minutes },
  clock: "team-hours",
  warnings: [],
});

/** A promise for every metric, so that a case has several outcomes. */
function everyMetric() {
  const { policy, ...rest } = exampleRules();
  const targets = [
    promise("first-response", 240),
    promise("next-response", 240),
    promise("update", 1_440),
    promise("resolution", 2_880),
  ];
  return { ...rest, policy: { ...policy, targets } };
}

const marking =
  (...marks: Mark[]): Decide =>
  (current, rules, now) =>
    setMarks(current, marks, rules, now, BY);

const joining = (at: Instant) => ({
  messageId: `msg_${newSuffix()}`,
  channel: "portal",
  personId: "person_jo",
  receivedAt: at,
  automatic: false,
});

const COMMANDS: Record<string, Decide> = {
  write: (current, rules, now) => receiveMessage(current, joining(now), rules, now, BY),
  reply: (current, rules, now) => reply(current, `msg_${newSuffix()}`, rules, now, BY),
  look: (current, rules, now) => wake(current, rules, now, BY),
  resolve: (current, rules, now) => resolve(current, undefined, rules, now, BY),
  answer: (current, rules, now) => resolve(current, { messageId: `msg_${newSuffix()}` }, rules, now, BY),
  wait: (current, rules, now) => changeStatus(current, { to: "waiting-on-customer" }, rules, now, BY),
  open: (current, rules, now) => changeStatus(current, { to: "open" }, rules, now, BY),
  high: (current, rules, now) => changePriority(current, { to: "high" }, rules, now, BY),
  medium: (current, rules, now) => changePriority(current, { to: "medium" }, rules, now, BY),
  au: (current, rules, now) => handOver(current, { team: "au" }, rules, now, BY),
  spam: marking("spam"),
  test: marking("test"),
  ham: marking(),
  excuseFirst: (current, _rules, now) => waive(current, { metric: "first-response", reasonId: "msg_why" }, now, BY),
  excuseAll: (current, _rules, now) => {
    const broken = (current.breaches ?? []).filter(({ waived }) => !waived);
    return broken.flatMap(({ metric, cycle }) => {
      const waived = waive(current, { metric, cycle, reasonId: "msg_why" }, now, BY);
      return Array.isArray(waived) ? waived : [];
    });
  },
};

const step = fc.record({
  hours: fc.constantFrom(0, 0, 1, 1, 3, 30, 400),
  command: fc.constantFrom(...Object.keys(COMMANDS), "merge", "excuseAll", "reply"),
  which: fc.nat(2),
  times: fc.constantFrom("once", "twice at once", "again, too late"),
});
const steps = fc.array(step, { maxLength: 40 });
const fewSteps = fc.array(step, { maxLength: 12 });
type Step = { hours: number; command: string; which: number; times: string };

interface LivedDesk {
  readonly store: Store;
  readonly ids: string[];
  now: Instant;
}

async function newDesk(): Promise<LivedDesk> {
  const store = openMemoryStore({ clock: () => desk.now, random: () => 0, shipped: everyMetric() });
  const desk: LivedDesk = { store, ids: [], now: START };
  const opening = { accountId: "acct_acme", package: "gold" };
  for (const change of [opening, opening, {}]) desk.ids.push((await openExample(store, change)).append.caseId);
  return desk;
}

/** A desk, a new one unless it is given, on which some things are tried, each on the version that it finds. */
async function livedThrough(sequence: readonly Step[], given?: LivedDesk): Promise<LivedDesk> {
  const desk = given ?? (await newDesk());
  const { store, ids } = desk;
  for (const { hours, command, which, times } of sequence) {
    desk.now = plus(desk.now, hours * HOUR_MS);
    const caseId = String(ids[which]);
    const seen = { ifVersion: (await store.cases.read(caseId))?.version ?? 0 };
    const change = () =>
      command === "merge"
        ? store.cases.changeBoth(caseId, { caseId: String(ids[(which + 1) % 2]) }, mergeBoth, seen)
        : store.cases.change(caseId, COMMANDS[command] ?? (() => []), seen);
    await Promise.all(times === "twice at once" ? [change(), change()] : [change()]);
    if (times === "again, too late") await change();
  }
  return desk;
}

const mergeBoth: Parameters<Store["cases"]["changeBoth"]>[2] = ({ first, second }, rules, now) =>
  second === undefined ? refuse("not-merged") : merge(first, second, { messageIds: [], waiting: [] }, rules, now, BY);

describe("whatever becomes of some cases, and however often each change is tried", () => {
  test("what a desk counted is what their facts tell, and an import counts the same", async () => {
    const told = { met: 0, breached: 0, waived: 0 };
    const directory = await mkdtemp(join(tmpdir(), "ithaca-"));
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const { store, ids, now } = await livedThrough(sequence);
        const byFacts = await attainedByFacts(store, ids);
        expect(await attainedAsCounted(store)).toEqual(byFacts);
        for (const outcome of ["met", "breached", "waived"] as const) told[outcome] += byFacts.total[outcome];

        await exportDesk(store, { directory, exportedAt: now });
        const after = openMemoryStore({ clock: () => now, random: () => 0, shipped: everyMetric() });
        await importDesk(after, { directory, now });
        await importDesk(after, { directory, now });
        expect(await attainedAsCounted(after)).toEqual(byFacts);
      }),
      { numRuns: 150 },
    );
    await rm(directory, { recursive: true });
    // Otherwise it says nothing.
    for (const outcome of ["met", "breached", "waived"] as const) expect(told[outcome]).toBeGreaterThan(10);
  });
});

/** Makes a desk one that is older than its attainment: it knows of no outcome, and nothing is counted. */
async function forgetOutcomes({ table }: Store): Promise<void> {
  for await (const item of table.scan()) {
    const isOfAttainment = item.noun === "outcome" || item.pk.startsWith(ATTAINED_PREFIX);
    if (isOfAttainment) await table.transact([{ remove: item }]);
  }
}

describe("a desk that is older than what it counts as attained", () => {
  const recount = async (store: Store) => {
    let attained = 0;
    for await (const progress of countCases(store)) ({ attained } = progress);
    return attained;
  };

  test("counts from its facts what came out before, once, whatever changes before, meanwhile and after", async () => {
    let missing = 0;
    await fc.assert(
      fc.asyncProperty(steps, fewSteps, fewSteps, async (old, before, after) => {
        const desk = await livedThrough(old);
        await forgetOutcomes(desk.store);
        await livedThrough(before, desk);
        const [attained] = await Promise.all([recount(desk.store), recount(desk.store), livedThrough(after, desk)]);
        missing += attained;
        await recount(desk.store);
        expect(await attainedAsCounted(desk.store)).toEqual(await attainedByFacts(desk.store, desk.ids));
        expect(await recount(desk.store)).toBe(0);
      }),
      { numRuns: 30 },
    );
    // Otherwise it says nothing.
    expect(missing).toBeGreaterThan(10);
  });

  test("counts no breach of before by what comes later", async () => {
    const desk = await livedThrough([]);
    const [first = ""] = desk.ids;
    desk.now = plus(desk.now, 400 * HOUR_MS);
    await desk.store.cases.change(first, COMMANDS.look as Decide);
    await desk.store.cases.change(first, COMMANDS.excuseFirst as Decide);
    await forgetOutcomes(desk.store);
    await desk.store.cases.change(first, COMMANDS.reply as Decide);
    expect((await attainedAsCounted(desk.store)).total).toMatchObject({ breached: 0, waived: 0 });
    await recount(desk.store);
    expect((await attainedAsCounted(desk.store)).total.waived).toBeGreaterThan(0);
  });
});

describe("a case with so many outcomes that no transaction moves them all", () => {
  /** One that waits for an answer each month for years, which is given in time. */
  async function livedForYears(months: number) {
    let now = START;
    const store = openMemoryStore({ clock: () => now, random: () => 0, shipped: everyMetric() });
    const { caseId } = (await openExample(store)).append;
    for (let month = 0; month < months; month += 1) {
      now = plus(now, 31 * 24 * HOUR_MS);
      for (const command of ["write", "reply", "answer"]) {
        await store.cases.change(caseId, COMMANDS[command] ?? (() => []));
      }
    }
    return { store, caseId, now };
  }

  test("cannot be marked as a test any more, and nothing is changed", async () => {
    const { store, caseId } = await livedForYears(HEADINGS_MAX);
    const before: Case | undefined = await store.cases.read(caseId);
    const refused = { outcome: "refused", refusal: "changed-too-often" };
    expect(await store.cases.change(caseId, marking("test"))).toMatchObject(refused);
    expect(await store.cases.read(caseId)).toEqual(before);
    expect(await attainedAsCounted(store)).toEqual(await attainedByFacts(store, [caseId]));
  });

  test("is imported and counted all the same", async () => {
    const { store, caseId, now } = await livedForYears(HEADINGS_MAX);
    const directory = await mkdtemp(join(tmpdir(), "ithaca-"));
    await exportDesk(store, { directory, exportedAt: now });
    const after = openMemoryStore({ clock: () => now, random: () => 0, shipped: everyMetric() });
    await importDesk(after, { directory, now });
    await rm(directory, { recursive: true });
    const counted = await attainedAsCounted(after);
    expect(counted).toEqual(await attainedByFacts(store, [caseId]));
    expect(counted.rows.length).toBeGreaterThan(40);
  });
});

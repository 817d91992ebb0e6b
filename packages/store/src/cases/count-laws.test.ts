import { assign, changeStatus, type Instant, MINUTE_MS, plus, reply, resolve, setMarks, take } from "@ithaca/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryBodies } from "../content/memory-bodies.ts";
import { BY, openExample, START } from "../contract/example-appends.ts";
import { exampleRules } from "../contract/example-rules.ts";
import { readAll } from "../contract/read-all.ts";
import { stateKey } from "../keys.ts";
import { countCases } from "../maintenance/count-cases.ts";
import { openMemoryStore } from "../open-memory-store.ts";
import type { CaseView, Decide } from "../ports/cases.ts";
import { type Store, storeOn } from "../store.ts";
import { memoryTable } from "../table/memory-table.ts";
import type { Item } from "../table/table.ts";
import { countWrite } from "./counts.ts";

const AGENT = "prin_a";

const COMMANDS: Record<string, Decide> = {
  take: (current, _rules, now) => take(current, AGENT, now, BY),
  assign: (current, _rules, now) => assign(current, "prin_b", now, BY),
  reply: (current, rules, now) => reply(current, `msg_${current.version}`, rules, now, BY),
  wait: (current, rules, now) => changeStatus(current, { to: "waiting-on-customer" }, rules, now, BY),
  open: (current, rules, now) => changeStatus(current, { to: "open" }, rules, now, BY),
  spam: (current, rules, now) => setMarks(current, ["spam"], rules, now, BY),
  ham: (current, rules, now) => setMarks(current, [], rules, now, BY),
  resolve: (current, rules, now) => resolve(current, undefined, rules, now, BY),
  warn: (current, _rules, now) =>
    current.clocks.map(({ metric, number: cycle, dueAt }) => ({
      type: "ClockWarned" as const,
      at: now,
      by: BY,
      metric,
      cycle,
      percent: 75,
      dueAt,
    })),
};

const never: Decide = () => [];

/** The counts are those of the lists, read in pages of some length; each case is in a list once. */
async function expectCountsToHold(store: Store, limit: number): Promise<void> {
  const held = async (view: CaseView) => {
    const listed = await readAll((cursor) => store.cases.list(view, limit, cursor));
    const unique = new Set(listed.map((one) => one.case.id));
    expect(unique.size).toBe(listed.length);
    return unique.size;
  };
  const { teams, mine } = await store.cases.counts(["main"], AGENT);
  expect(teams.main).toEqual({
    active: await held({ team: "main", category: "active" }),
    atRisk: await held({ team: "main", category: "active", only: "at-risk" }),
    unassigned: await held({ team: "main", category: "active", only: "unassigned" }),
    waiting: await held({ team: "main", category: "waiting" }),
    done: await held({ team: "main", category: "done" }),
  });
  expect(mine.active + mine.waiting).toBe(await held({ assigneeId: AGENT }));
  expect(mine.waiting).toBe(await held({ assigneeId: AGENT, category: "waiting" }));
}

const steps = fc.array(
  fc.record({ command: fc.constantFrom(...Object.keys(COMMANDS)), which: fc.nat(3), again: fc.boolean() }),
  {
    maxLength: 30,
  },
);

/** A store whose reads and writes take place in an order that a property chooses. */
function scheduledStore(scheduler: fc.Scheduler, clock: () => Instant): Store {
  const table = memoryTable();
  const inTurn =
    <Given extends unknown[], Answer>(act: (...given: Given) => Promise<Answer>) =>
    async (...given: Given) => {
      await scheduler.schedule(Promise.resolve());
      return act(...given);
    };
  const { get, getMany, transact, put, update } = table;
  const scheduled = {
    ...table,
    get: inTurn(get),
    getMany: inTurn(getMany),
    transact: inTurn(transact),
    put: inTurn(put),
    update: inTurn(update),
  };
  const pause = async () => undefined;
  const ports = { clock, random: () => 0, shipped: exampleRules(), rulesRefreshMs: 0, pause };
  return storeOn(scheduled, memoryBodies(), ports);
}

/** Makes a case what it was before cases were counted: in no count, and not knowing whether it is at risk. */
async function forgetCount({ cases, table }: Store, caseId: string): Promise<void> {
  const found = await cases.readWithProjection(caseId);
  if (found === undefined) throw new Error(`${caseId} is not there`);
  const counted = countWrite(caseId, undefined, found.projection);
  if (counted === undefined) throw new Error(`${caseId} was in no count`);
  const takenBack = Object.entries(counted.amounts).map(([name, by]) => [name, -by]);
  const item = (await table.get(stateKey(caseId))) as Item;
  const { atRisk: _, assigneeId: _assigneeId, ...projection } = item.projection as Record<string, unknown>;
  await table.transact([{ put: { ...item, projection } }, { ...counted, amounts: Object.fromEntries(takenBack) }]);
}

async function countAll(store: Store): Promise<number> {
  let total = 0;
  for await (const { counted } of countCases(store)) total = counted;
  return total;
}

describe("when a desk has cases that were written before cases were counted", () => {
  test("whoever counts them, and whatever becomes of them meanwhile, each is counted once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.subarray([0, 1, 2, 3]),
        fc.array(fc.record({ command: fc.constantFrom(...Object.keys(COMMANDS)), which: fc.nat(3) }), { maxLength: 6 }),
        fc.integer({ min: 0, max: 3 }),
        async (scheduler, forgotten, changes, runs) => {
          const store = scheduledStore(scheduler, () => START);
          const work = async () => {
            const ids: string[] = [];
            for (let at = 0; at < 4; at += 1) ids.push((await openExample(store)).append.caseId);
            for (const at of forgotten) await forgetCount(store, String(ids[at]));
            await Promise.all([
              ...changes.map(({ command, which }) =>
                store.cases.change(String(ids[which]), COMMANDS[command] ?? never),
              ),
              ...Array.from({ length: runs }, () => countAll(store)),
            ]);
            await countAll(store);
            await expectCountsToHold(store, 4);
            expect(await countAll(store)).toBe(0);
          };
          await scheduler.waitFor(work());
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("whatever becomes of some cases", () => {
  test("what is counted is what the lists hold, each case once over pages of any length", async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 5 }), async (sequence, limit) => {
        let now = START;
        const store = openMemoryStore({ clock: () => now, random: () => 0, shipped: exampleRules() });
        const ids: string[] = [];
        for (let at = 0; at < 4; at += 1) ids.push((await openExample(store)).append.caseId);

        for (const { command, which, again } of sequence) {
          now = plus(now, MINUTE_MS);
          const decide = COMMANDS[command] ?? never;
          const caseId = String(ids[which]);
          const before = await store.cases.read(caseId);
          const seen = { ifVersion: before?.version ?? 0 };
          await store.cases.change(caseId, decide, seen);
          // A repeat that comes too late is stale, and counts nothing.
          if (again) await store.cases.change(caseId, decide, seen);
        }

        await expectCountsToHold(store, limit);
      }),
      { numRuns: 60 },
    );
  });
});

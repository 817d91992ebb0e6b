import { assign, changeStatus, MINUTE_MS, plus, reply, resolve, setMarks, take } from "@ithaca/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BY, openExample, START } from "../contract/example-appends.ts";
import { exampleRules } from "../contract/example-rules.ts";
import { readAll } from "../contract/read-all.ts";
import { openMemoryStore } from "../open-memory-store.ts";
import type { CaseView, Decide } from "../ports/cases.ts";

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

const steps = fc.array(
  fc.record({ command: fc.constantFrom(...Object.keys(COMMANDS)), which: fc.nat(3), again: fc.boolean() }),
  {
    maxLength: 30,
  },
);

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
          const decide = COMMANDS[command] ?? (() => []);
          const caseId = String(ids[which]);
          const before = await store.cases.read(caseId);
          const seen = { ifVersion: before?.version ?? 0 };
          await store.cases.change(caseId, decide, seen);
          // A repeat that comes too late is stale, and counts nothing.
          if (again) await store.cases.change(caseId, decide, seen);
        }

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
      }),
      { numRuns: 60 },
    );
  });
});

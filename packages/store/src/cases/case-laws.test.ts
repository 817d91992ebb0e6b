import {
  atRisk,
  changePriority,
  fold,
  MINUTE_MS,
  note,
  plus,
  project,
  reply,
  resolve,
  take,
  wake,
} from "@ithaca/domain";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BY, openExample, START } from "../contract/example-appends.ts";
import { exampleRules } from "../contract/example-rules.ts";
import { readAll } from "../contract/read-all.ts";
import { openMemoryStore } from "../open-memory-store.ts";
import type { CaseStore, Decide } from "../ports/cases.ts";
import { withChange } from "./change-case.ts";

const COMMANDS: Record<string, Decide> = {
  take: (current, _rules, now) => take(current, `prin_${current.version}`, now, BY),
  note: (current, _rules, now) => note(current, `msg_${current.version}`, now, BY),
  reply: (current, rules, now) => reply(current, `msg_${current.version}`, rules, now, BY),
  raise: (current, rules, now) => changePriority(current, { to: "high" }, rules, now, BY),
  lower: (current, rules, now) => changePriority(current, { to: "medium" }, rules, now, BY),
  wake: (current, rules, now) => wake(current, rules, now, BY),
  resolve: (current, rules, now) => resolve(current, undefined, rules, now, BY),
};

/** A command, how many minutes after the one before, and whether somebody else gets in between. */
const steps = fc.array(
  fc.record({
    command: fc.constantFrom(...Object.keys(COMMANDS)),
    minutes: fc.integer({ min: -5, max: 120 }),
    isContested: fc.boolean(),
  }),
  { maxLength: 25 },
);

describe("whatever is done to a case, by whomever at once", () => {
  test("versions have no gaps, the state is the fold, and the projection follows from it", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        let now = START;
        const clock = () => now;
        const store = openMemoryStore({ clock, random: () => 0, shipped: exampleRules() });
        const { caseId } = (await openExample(store)).append;

        for (const { command, minutes, isContested } of sequence) {
          now = plus(now, minutes * MINUTE_MS);
          const decide = COMMANDS[command] ?? (() => []);
          const pause = () => Promise.resolve();
          const slow = isContested ? contested(store.cases) : store.cases;
          await withChange(slow, { rulebooks: store.rulebooks, clock, random: () => 0, pause }).change(caseId, decide);
        }

        const stored = await store.cases.readWithProjection(caseId);
        const recorded = await store.cases.facts(caseId, 0, 500);
        expect(recorded.map(({ version }) => version)).toEqual(recorded.map((_one, at) => at + 1));
        expect(
          fold(
            recorded.map(({ facts }) => facts),
            caseId,
          ),
        ).toEqual(stored?.case);
        const dates = recorded.flatMap(({ facts }) => facts.map(({ at }) => at));
        expect(dates).toEqual([...dates].sort((a, b) => a - b));
        if (stored === undefined) throw new Error("the case is gone");
        expect(stored.projection).toEqual(project(stored.case, await store.rulebooks.inForce(now, [stored.case])));

        const effects = await store.effects.ofCase(caseId, 500);
        expect(new Set(effects.map(({ id }) => id)).size).toBe(effects.length);
        const { team = "", category } = stored.projection;
        const listed = await readAll((cursor) => store.cases.list({ team, category }, 1, cursor));
        expect(listed).toMatchObject([{ case: { id: caseId }, atRisk: atRisk(stored.case) }]);
        expect(stored.case).toMatchObject(listed[0]?.case ?? {});
      }),
      { numRuns: 60 },
    );
  });
});

/** A store on which somebody writes a note between a decision and its append, once. */
function contested(store: CaseStore & { change: ReturnType<typeof withChange>["change"] }): CaseStore {
  let isFirst = true;
  return {
    ...store,
    append: async (...appends) => {
      if (isFirst) await store.change(appends[0].caseId, (one, _rules, now) => note(one, "msg_other", now, BY));
      isFirst = false;
      return store.append(...appends);
    },
  };
}

import { HOUR_MS, instantOf, plus, reply, setMarks, waive, wake } from "@ithaca/domain";
import { beforeAll, describe, expect, test } from "vitest";
import type { Decide } from "../ports/cases.ts";
import type { Store } from "../store.ts";
import { attainedByFacts } from "./everything-attained.ts";
import { BY, openingAppend } from "./example-appends.ts";

/** A month in which nothing else of the contract happens. */
const MONTH = "2027-03";
const AT = instantOf("2027-03-10T12:00:00Z");

const STEPS = {
  late: (current, rules) => wake(current, rules, plus(AT, 300 * HOUR_MS), BY),
  answer: (current, rules, now) => reply(current, "msg_answer", rules, now, BY),
  excuse: (current, _rules, now) => waive(current, { metric: "first-response", reasonId: "msg_why" }, now, BY),
  test: (current, rules, now) => setMarks(current, ["test"], rules, now, BY),
  unmark: (current, rules, now) => setMarks(current, [], rules, now, BY),
} as const satisfies Record<string, Decide>;

/** How a desk counts what becomes of its promises, whatever is under it. */
export function attainmentContract(openEmpty: () => Promise<Store>): void {
  describe("what becomes of a promise", () => {
    let store: Store;
    beforeAll(async () => {
      store = await openEmpty();
    });

    test.each<[string, (keyof typeof STEPS)[], "met" | "breached" | "waived" | undefined]>([
      ["is counted when it is kept", ["answer"], "met"],
      ["is counted when it is broken, and stays so when it is kept late", ["late", "answer"], "breached"],
      ["moves when the breach is excused", ["late", "answer", "excuse"], "waived"],
      ["is not counted of a test", ["late", "test"], undefined],
      ["is counted of what turned out no test", ["late", "test", "answer", "unmark"], "breached"],
    ])("%s", async (_what, steps, outcome) => {
      const before = await totals(store);
      const { append } = await openingAppend(store, { package: "gold" }, { at: AT });
      await store.cases.append(append);
      for (const step of steps) await store.cases.change(append.caseId, STEPS[step]);

      const expected = outcome === undefined ? {} : { [outcome]: 1 };
      expect(difference(await totals(store), before)).toEqual({ met: 0, breached: 0, waived: 0, ...expected });
      const { rows } = await attainedByFacts(store, [append.caseId]);
      expect(rows.map(({ of }) => of)).toEqual(
        outcome === undefined ? [] : [["first-response", "medium", "main", "gold", MONTH]],
      );
    });

    test("is asked for by months, and other months have none of it", async () => {
      expect(await store.attainment.counted("2027-04", "2027-12")).toEqual([]);
      const under = (await store.attainment.counted(MONTH, MONTH)).map(({ met, breached, waived, ...rest }) => rest);
      expect(under).toContainEqual({
        month: MONTH,
        metric: "first-response",
        priority: "medium",
        team: "main",
        package: "gold",
      });
    });
  });
}

type Totals = Record<"met" | "breached" | "waived", number>;

async function totals(store: Store): Promise<Totals> {
  const sum: Totals = { met: 0, breached: 0, waived: 0 };
  for (const { met, breached, waived } of await store.attainment.counted(MONTH, MONTH)) {
    sum.met += met;
    sum.breached += breached;
    sum.waived += waived;
  }
  return sum;
}

function difference(after: Totals, before: Totals): Totals {
  return {
    met: after.met - before.met,
    breached: after.breached - before.breached,
    waived: after.waived - before.waived,
  };
}

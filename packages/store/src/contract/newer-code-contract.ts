import { CASE_SCHEMA, Case, DAY_MS, Fact, fold, note, plus } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { NewerSchema } from "../items/newer-schema.ts";
import { factsKey, NO_TEAM, owedKey, stateKey } from "../keys.ts";
import type { Store } from "../store.ts";
import { BY, openExample, START } from "./example-appends.ts";
import { readAll } from "./read-all.ts";

/** What older code does with what newer code wrote. */
export function newerCodeContract(open: () => Promise<Store>): void {
  describe("when newer code has been there", () => {
    test("a fact of a type that this code does not know is kept and changes nothing", async () => {
      const store = await open();
      const { append } = await openExample(store);
      const key = factsKey(append.caseId, 1);
      const item = await store.table.get(key);
      const sung = { type: "CaseSung", at: "2026-11-25T15:00:00.000Z", by: BY, song: "la" };
      await store.table.put({ ...item, ...key, facts: [z.encode(z.array(Fact), [...append.facts]), sung].flat() });

      const [recorded] = await store.cases.facts(append.caseId, 0, 10);
      expect(recorded?.facts.at(-1)).toEqual({ type: "CaseSung", at: START, by: BY, song: "la" });
      expect(fold([recorded?.facts ?? []], append.caseId)).toEqual(append.next);
    });

    test("a state of a newer schema is not written over", async () => {
      const store = await open();
      const { append } = await openExample(store);
      const key = stateKey(append.caseId);
      const item = await store.table.get(key);
      const newer = { ...z.encode(Case, append.next), schema: CASE_SCHEMA + 1, mood: "calm" };
      await store.table.put({ ...item, ...key, schema: newer.schema, state: newer });

      const change = store.cases.change(append.caseId, (one, _rules, now) => note(one, "msg_note", now, BY));
      await expect(change).rejects.toThrow(NewerSchema);
      await expect(store.cases.rewriteProjection(append.caseId, 1, append.projection)).rejects.toThrow(NewerSchema);
      const after = await store.table.get(key);
      expect(after?.state).toEqual(newer);
    });

    test("a case that this code cannot read is in no list, and keeps none from it", async () => {
      const store = await open();
      const [{ append: unreadable }, { append: ordinary }] = [await openExample(store), await openExample(store)];
      const key = stateKey(unreadable.caseId);
      const item = await store.table.get(key);
      await store.table.put({ ...item, ...key, state: { ...z.encode(Case, unreadable.next), status: "musing" } });

      const { team = NO_TEAM, category } = ordinary.projection;
      const listed = await readAll((cursor) => store.cases.list({ team, category }, 7, cursor));
      const { items: changed } = await store.cases.changes(START, plus(START, DAY_MS), 100);
      await store.table.put({ ...item, ...key });
      const ids = listed.map((one) => one.case.id);
      expect(ids).toContain(ordinary.caseId);
      expect(ids).not.toContain(unreadable.caseId);
      expect(changed.map((one) => one.case.id)).not.toContain(unreadable.caseId);
    });

    test("a case that this code cannot read is woken like any other, and keeps none from it", async () => {
      const store = await open();
      const { append } = await openExample(store);
      const key = stateKey(append.caseId);
      const item = await store.table.get(key);
      await store.table.put({ ...item, ...key, state: { ...z.encode(Case, append.next), status: "musing" } });

      const { wakeAt } = append.projection;
      const woken = await readAll((cursor) => store.cases.wakeUps(START, plus(START, DAY_MS), 7, cursor));
      await store.table.put({ ...item, ...key });
      expect(woken.filter(({ caseId }) => caseId === append.caseId)).toEqual([
        { caseId: append.caseId, version: 1, wakeAt },
      ]);
    });

    test("an effect that this code cannot read is counted, and keeps none from being done", async () => {
      const store = await open();
      const { append: unreadable } = await openExample(store);
      const { append: ordinary } = await openExample(store);
      const key = owedKey(unreadable.caseId, 1, 0);
      const item = await store.table.get(key);
      await store.table.put({ ...item, ...key, owed: { kind: "mail", template: "poem", to: { kind: "everybody" } } });

      let counted = 0;
      const overdue = await readAll(async (cursor) => {
        const page = await store.effects.overdue(plus(START, 1), 7, cursor);
        counted += page.unreadable ?? 0;
        return page;
      });
      await store.table.put({ ...item, ...key });
      expect(counted).toBeGreaterThanOrEqual(1);
      const cases = overdue.map(({ caseId }) => caseId);
      expect(cases).toContain(ordinary.caseId);
    });
  });
}

import { type Instant, instant, MINUTE_MS, note, plus } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { InvalidCursor } from "../paging/cursor.ts";
import type { ListedCase } from "../ports/cases.ts";
import type { Store } from "../store.ts";
import { BY, newCaseId, newSuffix, openExample, openingAppend, START } from "./example-appends.ts";
import { readAll } from "./read-all.ts";

/** What lists and timers see of cases. */
export function viewContract(open: () => Promise<Store>): void {
  describe("when cases are listed", () => {
    test("they come by due, those without one last, then by latest change; each once over the pages", async () => {
      const store = await open();
      const team = `team-${newSuffix()}`;
      const dues = [30, 10, undefined, 20, 10, undefined, 40, 50].map((minutes) =>
        minutes === undefined ? undefined : plus(START, minutes * MINUTE_MS),
      );
      const ids = await Promise.all(dues.map((dueAt, place) => listedCase(store, team, dueAt, plus(START, place))));

      const expected = [4, 1, 3, 0, 6, 7, 5, 2].map((place) => ids[place]);
      for (const limit of [1, 3, 8, 100]) {
        const listed = await readAll((cursor) => store.cases.list({ team, category: "active" }, limit, cursor));
        expect(listed.map((one: ListedCase) => one.case.id)).toEqual(expected);
      }
      const { items } = await store.cases.list({ team, category: "active" }, 1);
      expect(items[0]).toMatchObject({ dueAt: dues[4], subject: "Exports stop at page 4" });
      expect(await store.cases.list({ team, category: "done" }, 10)).toEqual({ items: [] });
    });

    test.each(["", "x", "AAAA", "a".repeat(1_000), "4pyT"])(
      "a cursor that no page gave is refused: %s",
      async (cursor) => {
        const store = await open();
        await expect(store.cases.list({ team: "main", category: "active" }, 10, cursor)).rejects.toThrow(InvalidCursor);
      },
    );
  });

  describe("when wake-ups are asked for", () => {
    test("those from the first instant on and before the second come, soonest first, each once", async () => {
      const store = await open();
      // A stretch of time that no other situation has: one millisecond a case, in another year each time.
      const from = instant(START + Number(newSuffix()) * 5_000);
      const offsets = [3, 0, 2, 5, 1, 4];
      const wakes = offsets.map((offset) => instant(from + offset));
      const ids = await Promise.all(wakes.map((wakeAt) => wakingCase(store, wakeAt)));

      const until = instant(from + 5);
      for (const limit of [1, 2, 10]) {
        const found = await readAll((cursor) => store.cases.wakeUps(from, until, limit, cursor));
        expect(found.map(({ wakeAt }) => wakeAt - from)).toEqual([0, 1, 2, 3, 4]);
        expect(found[0]).toEqual({ caseId: ids[1], version: 1, wakeAt: from });
      }
    });
  });

  describe("when a projection is rewritten", () => {
    test("lists and wake-ups follow, and the version stays", async () => {
      const store = await open();
      const { append } = await openExample(store);
      const team = `team-${newSuffix()}`;
      const dueAt = plus(START, MINUTE_MS);
      const projection = { team, category: "active" as const, dueAt, wakeAt: undefined };

      expect(await store.cases.rewriteProjection(append.caseId, 1, projection)).toBe(true);
      expect(await store.cases.readWithProjection(append.caseId)).toEqual({ case: append.next, projection });
      const { items } = await store.cases.list({ team, category: "active" }, 10);
      expect(items.map((one) => one.case.version)).toEqual([1]);
    });

    test("on a case that moved on nothing is written", async () => {
      const store = await open();
      const { append } = await openExample(store);
      await store.cases.change(append.caseId, (one, _rules, now) => note(one, "msg_note", now, BY));
      const before = await store.cases.readWithProjection(append.caseId);

      expect(await store.cases.rewriteProjection(append.caseId, 1, append.projection)).toBe(false);
      expect(await store.cases.rewriteProjection(newCaseId(), 1, append.projection)).toBe(false);
      expect(await store.cases.readWithProjection(append.caseId)).toEqual(before);
    });
  });
}

async function listedCase(store: Store, team: string, dueAt: Instant | undefined, at: Instant): Promise<string> {
  const { append } = await openingAppend(store, {}, { at });
  const projection = { team, category: "active" as const, dueAt, wakeAt: undefined };
  await store.cases.append({ ...append, projection });
  return append.caseId;
}

async function wakingCase(store: Store, wakeAt: Instant): Promise<string> {
  const { append } = await openingAppend(store);
  await store.cases.append({ ...append, projection: { ...append.projection, wakeAt } });
  return append.caseId;
}

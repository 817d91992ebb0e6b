import { applyAppend, type Instant, instant, isRefused, MINUTE_MS, note, type Projection, plus } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { InvalidCursor } from "../paging/cursor.ts";
import type { Append, CaseView, Decide, ListedCase } from "../ports/cases.ts";
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

  describe("when a view is asked for", () => {
    test("cases at risk are a list of their own and still active; nobody's and an agent's are told apart", async () => {
      const store = await open();
      const team = `team-${newSuffix()}`;
      const agent = `prin_${newSuffix()}`;
      const calm = await shownCase(store, { team });
      const pressing = await shownCase(store, { team, atRisk: true });
      const held = await shownCase(store, { team, assigneeId: agent });
      const waiting = await shownCase(store, { team, assigneeId: agent, category: "waiting" });
      const done = await shownCase(store, { team, assigneeId: agent, category: "done" });
      const ids = async (view: CaseView) => {
        const listed = await readAll((cursor) => store.cases.list(view, 2, cursor));
        return new Set(listed.map((one) => one.case.id));
      };

      expect(await ids({ team, category: "active" })).toEqual(new Set([calm, pressing, held]));
      expect(await ids({ team, category: "active", only: "at-risk" })).toEqual(new Set([pressing]));
      expect(await ids({ team, category: "active", only: "unassigned" })).toEqual(new Set([calm, pressing]));
      expect(await ids({ team: [team, "team-of-nobody"], category: "done" })).toEqual(new Set([done]));
      expect(await ids({ assigneeId: agent })).toEqual(new Set([held, waiting]));
      expect(await ids({ assigneeId: agent, category: "waiting" })).toEqual(new Set([waiting]));
    });

    test("the done are bounded by their last change, the instant itself included, over every page", async () => {
      const store = await open();
      const team = `team-${newSuffix()}`;
      const ids = await Promise.all(
        [0, 1, 2, 3].map(async (minutes) => {
          const { append } = await openingAppend(store, {}, { at: plus(START, minutes * MINUTE_MS) });
          await store.cases.append({ ...append, projection: projectionOf({ team, category: "done" }) });
          return append.caseId;
        }),
      );
      for (const limit of [1, 2, 100]) {
        const since = async (minutes: number) => {
          const view = { team, category: "done", changedSince: plus(START, minutes * MINUTE_MS) } as const;
          return (await readAll((cursor) => store.cases.list(view, limit, cursor))).map((one) => one.case.id);
        };
        expect(await since(0)).toEqual([ids[3], ids[2], ids[1], ids[0]]);
        expect(await since(2)).toEqual([ids[3], ids[2]]);
        expect(await since(2.5)).toEqual([ids[3]]);
        expect(await since(4)).toEqual([]);
      }
    });

    test("what it holds is counted, whatever happens to a case and however often it is tried", async () => {
      const store = await open();
      const team = `team-${newSuffix()}`;
      const agent = `prin_${newSuffix()}`;
      const counts = async () => {
        const { teams, mine } = await store.cases.counts([team], agent);
        return { ...teams[team], mine };
      };
      const none = { active: 0, atRisk: 0, unassigned: 0, waiting: 0, done: 0, mine: { active: 0, waiting: 0 } };
      expect(await counts()).toEqual(none);

      const caseId = await shownCase(store, { team });
      expect(await counts()).toEqual({ ...none, active: 1, unassigned: 1 });
      expect(await store.cases.countedTeams()).toContain(team);
      expect(await store.cases.rewriteProjection(caseId, 1, projectionOf({ team, atRisk: true }))).toBe(true);
      expect(await counts()).toEqual({ ...none, active: 1, atRisk: 1, unassigned: 1 });
      expect(await store.cases.rewriteProjection(caseId, 7, projectionOf({ team: "team-else" }))).toBe(false);
      await store.cases.rewriteProjection(caseId, 1, projectionOf({ team, assigneeId: agent, category: "waiting" }));
      expect(await counts()).toEqual({ ...none, waiting: 1, mine: { active: 0, waiting: 1 } });
      await store.cases.rewriteProjection(caseId, 1, projectionOf({ team, category: "done" }));
      expect(await counts()).toEqual({ ...none, done: 1 });
    });

    test("a case that no count has is counted once, by whoever comes first", async () => {
      const store = await open();
      const team = `team-${newSuffix()}`;
      const counts = async () => (await store.cases.counts([team], "prin_nobody")).teams[team];
      const { append } = await openingAppend(store);
      const { atRisk: _, ...uncounted } = projectionOf({ team });
      await store.cases.append({ ...append, projection: uncounted });
      expect(await counts()).toMatchObject({ active: 0 });

      // What somebody read before the case was counted does not hold any more, though its version does.
      expect(await store.cases.rewriteProjection(append.caseId, 1, projectionOf({ team }))).toBe(true);
      const changing = await nextAppend(store, append.caseId);
      const stale = { ...changing, before: { case: append.next, projection: uncounted } };
      expect(await store.cases.append(stale)).toEqual({ appended: false, conflict: "version" });
      expect(await counts()).toMatchObject({ active: 1, unassigned: 1 });
      expect(await store.cases.append(changing)).toEqual({ appended: true });
      expect(await counts()).toMatchObject({ active: 1, unassigned: 1 });
    });
  });

  describe("when changes are followed", () => {
    test("each changed case comes once, by its latest change, from the cursor on", async () => {
      const store = await open();
      const from = instant(START + Number(newSuffix()) * 5_000);
      const [a, b] = [await openExample(store, {}, from), await openExample(store, {}, plus(from, 1))];
      const [idA, idB] = [a.append.caseId, b.append.caseId];
      const until = plus(from, 10);

      const first = await store.cases.changes(from, until, 1);
      expect(first.items.map((one) => one.case.id)).toEqual([idA]);
      const second = await store.cases.changes(first.cursor, until, 100);
      expect(second.items.map((one) => one.case.id)).toEqual([idB]);
      expect(await store.cases.changes(second.cursor, until, 100)).toMatchObject({ items: [], cursor: second.cursor });

      const decide: Decide = (one) => note(one, "msg_note", plus(from, 5), BY);
      await store.cases.change(idA, decide);
      const third = await store.cases.changes(second.cursor, until, 100);
      expect(third.items.map((one) => [one.case.id, one.case.version])).toEqual([[idA, 2]]);
      expect(await store.cases.changes(third.cursor, from, 100)).toEqual({
        items: [],
        cursor: third.cursor,
        more: false,
      });
    });
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

type Shown = { team: string; category?: Projection["category"]; atRisk?: boolean; assigneeId?: string };

function projectionOf({ team, category = "active", atRisk = false, assigneeId }: Shown): Projection {
  return { team, category, atRisk, assigneeId, dueAt: undefined, wakeAt: undefined };
}

/** A note on a case, which leaves it in the lists where it was. */
async function nextAppend(store: Store, caseId: string): Promise<Append> {
  const found = await store.cases.readWithProjection(caseId);
  if (found === undefined) throw new Error(`${caseId} is not there`);
  const { case: current, projection } = found;
  const facts = note(current, "msg_note", plus(START, MINUTE_MS), BY);
  if (isRefused(facts)) throw new Error(`a note on ${caseId} is refused`);
  const next = applyAppend(current, facts, caseId);
  return { caseId, expectedVersion: current.version, next, facts, projection, before: found, effects: [] };
}

async function shownCase(store: Store, shown: Shown): Promise<string> {
  const { append } = await openingAppend(store);
  await store.cases.append({ ...append, projection: projectionOf(shown) });
  return append.caseId;
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

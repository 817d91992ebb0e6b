import { type Actor, changePriority, type Instant, MINUTE_MS, note, plus, refuse, resolve, take } from "@ithaca/domain";
import { describe, expect, test, vi } from "vitest";
import { BY, exampleMessage, openExample, START } from "../contract/example-appends.ts";
import { exampleRules } from "../contract/example-rules.ts";
import { openMemoryStore } from "../open-memory-store.ts";
import type { CaseStore, Decide } from "../ports/cases.ts";
import type { Store } from "../store.ts";
import { TooManyConflicts, withChange } from "./change-case.ts";

const LATER = plus(START, MINUTE_MS);
const ANN: Actor = { kind: "agent", id: "prin_ann" };

function openDesk(now: Instant = LATER) {
  const store = openMemoryStore({ clock: () => now, random: () => 0.5, shipped: exampleRules() });
  return { store, takeBy: (agent: string) => taking(agent) };
}

const taking =
  (agent: string): Decide =>
  (current, _rules, now) =>
    take(current, agent, now, BY);

const noting: Decide = (current, _rules, now) => note(current, "msg_note", now, BY);

/** The store's cases, on which somebody else is faster so many times. */
function contested(store: Store, times: number, pause = (_ms: number) => Promise.resolve()) {
  let left = times;
  const slow: CaseStore = {
    ...store.cases,
    append: async (...appends) => {
      left -= 1;
      if (left >= 0) await store.cases.change(appends[0].caseId, noting);
      return store.cases.append(...appends);
    },
  };
  return withChange(slow, { rulebooks: store.rulebooks, clock: () => LATER, random: () => 0.999, pause });
}

describe("when a case is changed", () => {
  test("its facts, its message, what is owed and the next version are there", async () => {
    const { store } = openDesk();
    const { append } = await openExample(store);
    const message = exampleMessage(append.caseId, { direction: "outbound" });
    const decide: Decide = (current, rules, now) => resolve(current, { messageId: message.id }, rules, now, BY);
    const changed = await store.cases.change(append.caseId, decide, { messages: [message], ifVersion: 1 });

    expect(changed).toMatchObject({ outcome: "changed", case: { version: 2, status: "resolved", changedAt: LATER } });
    expect(await store.messages.read([message.id])).toEqual([message]);
    const owed = await store.effects.ofCase(append.caseId, 10);
    expect(owed.at(-1)).toMatchObject({ version: 2, status: "pending", owed: { kind: "mail", template: "reply" } });
    const stored = await store.cases.readWithProjection(append.caseId);
    expect(stored?.projection).toMatchObject({ team: "main", category: "done", dueAt: undefined, wakeAt: undefined });
  });

  test("people cannot change a clock without end, for a case must stay small; all else goes on", async () => {
    const { store } = openDesk();
    const { append } = await openExample(store);
    const { priority } = append.next;
    const to =
      (one: string): Decide =>
      (current, rules, now) =>
        changePriority(current, { to: one }, rules, now, ANN);
    const others = exampleRules().policy.priorities.map(({ code }) => code);
    const [other = ""] = others.filter((code) => code !== priority);

    let made = 0;
    for (;;) {
      const changed = await store.cases.change(append.caseId, to(made % 2 === 0 ? other : (priority ?? "")));
      if (changed.outcome === "refused") {
        expect(changed.refusal).toBe("changed-too-often");
        break;
      }
      made += 1;
      expect(made).toBeLessThan(300);
    }
    expect(made).toBeGreaterThanOrEqual(100);
    expect(await store.cases.change(append.caseId, noting)).toMatchObject({ outcome: "changed" });
  });

  test("a refusal writes nothing", async () => {
    const { store } = openDesk();
    const { append } = await openExample(store);
    const changed = await store.cases.change(append.caseId, () => refuse("top-tier"), {
      messages: [exampleMessage(append.caseId, { id: "msg_refused" })],
    });
    expect(changed).toEqual({ outcome: "refused", refusal: "top-tier", case: append.next });
    expect(await store.cases.read(append.caseId)).toEqual(append.next);
    expect(await store.messages.read(["msg_refused"])).toEqual([]);
  });

  test("a decision without facts writes nothing", async () => {
    const { store } = openDesk();
    const { append } = await openExample(store);
    expect(await store.cases.change(append.caseId, () => [])).toEqual({
      outcome: "changed",
      case: append.next,
      facts: [],
    });
    expect(await store.cases.read(append.caseId)).toEqual(append.next);
  });

  test("one that is not there is not there", async () => {
    const { store } = openDesk();
    expect(await store.cases.change("case_100000009", noting)).toEqual({ outcome: "not-there" });
  });

  test("a caller who saw another version is told so, and nothing is decided", async () => {
    const { store } = openDesk();
    const { append } = await openExample(store);
    const decide = vi.fn(noting);
    expect(await store.cases.change(append.caseId, decide, { ifVersion: 7 })).toEqual({
      outcome: "stale",
      case: append.next,
    });
    expect(decide).not.toHaveBeenCalled();
  });
});

describe("when clocks differ", () => {
  const behind = plus(START, -MINUTE_MS);

  test("a decision's now is never before the case's last fact", async () => {
    const { store } = openDesk(behind);
    const { append } = await openExample(store);
    const changed = await store.cases.change(append.caseId, noting);
    expect(changed).toMatchObject({ outcome: "changed", facts: [{ at: START }], case: { changedAt: START } });
  });

  test("a decision that dates its facts by a clock of its own is a fault", async () => {
    const { store } = openDesk();
    const { append } = await openExample(store);
    await expect(store.cases.change(append.caseId, (one) => note(one, "msg_note", behind, BY))).rejects.toThrow(
      "dated before",
    );
    expect(await store.cases.read(append.caseId)).toEqual(append.next);
  });
});

describe("when somebody else is faster", () => {
  test.each([1, 5, 9])("%i times: it is decided anew on what is there, and both changes stand", async (times) => {
    const { store } = openDesk();
    const { append } = await openExample(store);
    const decide = vi.fn(taking("prin_ana"));
    const changed = await contested(store, times).change(append.caseId, decide);

    expect(changed).toMatchObject({ outcome: "changed", case: { version: 2 + times, assigneeId: "prin_ana" } });
    expect(decide.mock.calls.map(([current]) => current.version)).toEqual(
      Array.from({ length: times + 1 }, (_, at) => at + 1),
    );
  });

  test("ten times: it gives up, having waited at most 50 ms each time, and has written nothing", async () => {
    const { store } = openDesk();
    const { append } = await openExample(store);
    const pauses: number[] = [];
    const pause = async (ms: number) => {
      pauses.push(ms);
    };
    await expect(contested(store, 10, pause).change(append.caseId, taking("prin_ana"))).rejects.toThrow(
      TooManyConflicts,
    );
    expect(pauses).toHaveLength(9);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(50);
    expect(await store.cases.read(append.caseId)).toMatchObject({ version: 11, messageCount: 11 });
    expect(await store.cases.read(append.caseId)).not.toHaveProperty("assigneeId");
  });

  test("a caller who named a version is told that it is stale", async () => {
    const { store } = openDesk();
    const { append } = await openExample(store);
    const changed = await contested(store, 1).change(append.caseId, taking("prin_ana"), { ifVersion: 1 });
    expect(changed).toMatchObject({ outcome: "stale", case: { version: 2 } });
  });
});

describe("when a change comes with an idempotency key", () => {
  const idempotency = { principalId: "prin_ana", key: "one", bodyHash: "hash" };

  test("the same request is answered with what it did, though the version that it saw is old", async () => {
    const { store, takeBy } = openDesk();
    const { append } = await openExample(store);
    const message = exampleMessage(append.caseId);
    const options = { idempotency, ifVersion: 1, messages: [message] };
    await store.cases.change(append.caseId, takeBy("prin_ana"), options);
    await store.cases.change(append.caseId, noting);

    const again = await store.cases.change(append.caseId, takeBy("prin_ana"), options);
    const replayed = { caseId: append.caseId, version: 2, messageId: message.id };
    expect(again).toMatchObject({ outcome: "changed", case: { version: 3 }, facts: [], replayed });
  });

  test.each([
    ["another body", { bodyHash: "other" }, false],
    ["another case", {}, true],
  ])("the same key with %s is refused", async (_what, change, isElsewhere) => {
    const { store, takeBy } = openDesk();
    const [one, other] = [await openExample(store), await openExample(store)];
    await store.cases.change(one.append.caseId, noting, { idempotency });

    const { caseId } = (isElsewhere ? other : one).append;
    const again = await store.cases.change(caseId, takeBy("prin_ana"), { idempotency: { ...idempotency, ...change } });
    expect(again).toEqual({ outcome: "key-reused" });
  });

  test("twice at once it is done once", async () => {
    const { store } = openDesk();
    const { append } = await openExample(store);
    const both = await Promise.all([1, 2].map(() => store.cases.change(append.caseId, noting, { idempotency })));
    expect(both.map((one) => "replayed" in one).sort()).toEqual([false, true]);
    expect(await store.cases.read(append.caseId)).toMatchObject({ version: 2, messageCount: 2 });
  });

  test("a key of a message that opened a case is no change's", async () => {
    const { store } = openDesk();
    const { append, receipt } = await openExample(store);
    const other = await openExample(store);
    const claim = { kind: "idempotency-key" as const, ...idempotency, receipt };
    const next = { ...append.next, version: 2 };
    await store.cases.append({
      ...append,
      expectedVersion: 1,
      before: { case: append.next, projection: append.projection },
      next,
      facts: [{ type: "CaseTaken", at: next.changedAt, by: BY, assigneeId: "prin_ana" }],
      effects: [],
      claims: [claim],
    });
    expect(await store.cases.change(other.append.caseId, noting, { idempotency })).toEqual({ outcome: "key-reused" });
  });
});

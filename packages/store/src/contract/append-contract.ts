import { fold, MISSING_TEXT, take } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { caseStore } from "../cases/case-store.ts";
import { countKey, NO_TEAM } from "../keys.ts";
import type { Append, Claim, Receipt } from "../ports/cases.ts";
import type { Store } from "../store.ts";
import { BY, exampleMessage, newCaseId, newSuffix, openExample, openingAppend, START } from "./example-appends.ts";

/** What every case store does with an append. `open` gives a store on one and the same table each time. */
export function appendContract(open: () => Promise<Store>): void {
  describe("when a case is opened", () => {
    test("its state, facts, message and effects are there", async () => {
      const store = await open();
      const { append, message, person } = await openExample(store);
      const { caseId, next, facts, projection } = append;

      expect(await store.cases.read(caseId)).toEqual(next);
      expect(await store.cases.readWithProjection(caseId)).toEqual({ case: next, projection });
      expect(await store.cases.facts(caseId, 0, 10)).toEqual([{ caseId, version: 1, at: START, facts }]);
      expect(await store.effects.ofCase(caseId, 10)).toEqual(append.effects);
      expect(await store.messages.read([message.id])).toEqual([message]);
      expect(await store.directory.person(person.id)).toEqual(person);
    });

    test("a number that is taken is a conflict, and nothing is written", async () => {
      const store = await open();
      const { append } = await openExample(store);
      const second = await openingAppend(store, {}, { caseId: append.caseId });

      expect(await store.cases.append(second.append)).toEqual({ appended: false, conflict: "version" });
      expect(await store.cases.read(append.caseId)).toEqual(append.next);
      expect(await store.messages.read([second.message.id])).toEqual([]);
    });

    test("a case that is not there is not there", async () => {
      const store = await open();
      expect(await store.cases.read(newCaseId())).toBeUndefined();
      expect(await store.cases.facts(newCaseId(), 0, 10)).toEqual([]);
    });
  });

  describe("when two append to one version", () => {
    test("one of them is in the case and the other has written nothing", async () => {
      const store = await open();
      const { append } = await openExample(store);
      const current = append.next;
      const change = (assigneeId: string) =>
        store.cases.change(current.id, (one, _rules, now) => take(one, assigneeId, now, BY));
      await Promise.all([change("prin_a"), change("prin_b")]);

      const after = await store.cases.read(current.id);
      expect(after?.version).toBe(3);
      const recorded = await store.cases.facts(current.id, 0, 10);
      expect(recorded.map(({ version }) => version)).toEqual([1, 2, 3]);
      expect(
        fold(
          recorded.map(({ facts }) => facts),
          current.id,
        ),
      ).toEqual(after);
    });
  });

  describe("when two cases change together", () => {
    test("both do or neither does", async () => {
      const store = await open();
      const [a, b, c] = [await openingAppend(store), await openingAppend(store), await openingAppend(store)];
      expect(await store.cases.append(a.append, b.append)).toEqual({ appended: true });
      expect(await store.cases.append(c.append, a.append)).toEqual({ appended: false, conflict: "version" });
      expect(await store.cases.read(b.append.caseId)).toEqual(b.append.next);
      expect(await store.cases.read(c.append.caseId)).toBeUndefined();
    });
  });

  describe("when two cases change together that are counted in one item", () => {
    test("both are counted", async () => {
      const store = await open();
      const opened = new Map<string, Append>();
      for (;;) {
        const { append } = await openingAppend(store);
        const item = countKey(append.caseId).pk;
        const other = opened.get(item);
        opened.set(item, append);
        if (other === undefined) continue;

        const team = append.projection.team ?? NO_TEAM;
        const active = async () => (await store.cases.counts([team], "prin_nobody")).teams[team]?.active ?? 0;
        const before = await active();
        expect(await store.cases.append(append, other)).toEqual({ appended: true });
        expect(await active()).toBe(before + 2);
        break;
      }
    });
  });

  describe("when a text is long", () => {
    test.each([
      ["stays in its item", 8_192],
      ["goes to the content bucket", 8_193],
      ["goes there however long it is", 100_000],
    ])("it %s and is read whole (%i bytes)", async (_where, bytes) => {
      const store = await open();
      const { append } = await openingAppend(store);
      const message = exampleMessage(append.caseId, { text: "x".repeat(bytes) });
      await store.cases.append({ ...append, messages: [message] });

      expect(await store.messages.read([message.id, "msg_absent"])).toEqual([message]);
      expect((await store.bodies.get(`messages/${message.id}`)) !== undefined).toBe(bytes > 8_192);
    });

    test("is read with however many others, in the order in which they are asked for", async () => {
      const store = await open();
      const { append, message } = await openingAppend(store);
      const others = Array.from({ length: 60 }, () => exampleMessage(append.caseId, { id: `msg_${newSuffix()}` }));
      await store.cases.append({ ...append, messages: [message, ...others] });
      const absent = Array.from({ length: 60 }, () => `msg_${newSuffix()}`);
      const asked = [message, ...others].toReversed();
      expect(await store.messages.read([...asked.map(({ id }) => id), ...absent])).toEqual(asked);
    });

    test("that is gone, its message says so, and the others are read as they are", async () => {
      const store = await open();
      const { append, message } = await openingAppend(store);
      const long = exampleMessage(append.caseId, { id: `msg_${newSuffix()}`, text: "x".repeat(9_000) });
      const lossy = { put: async () => {}, get: async () => undefined };
      await caseStore(store.table, lossy).append({ ...append, messages: [message, long] });
      expect(await store.messages.read([message.id, long.id])).toEqual([
        message,
        { ...long, text: MISSING_TEXT, textMissing: true },
      ]);
    });

    test.each([
      ["channel's message", channelMessage],
      ["idempotency key", idempotencyKey],
    ])("whoever tries again with the same %s leaves no second text behind", async (_name, claimOf) => {
      const store = await open();
      const put = new Set<string>();
      const cases = caseStore(store.table, {
        ...store.bodies,
        put: async (key, text) => {
          put.add(key);
          await store.bodies.put(key, text);
        },
      });
      const once = newSuffix();
      const attempt = async (text: string) => {
        const { append, receipt } = await openingAppend(store);
        const message = exampleMessage(append.caseId, { id: `msg_${newSuffix()}`, text });
        await cases.append({ ...append, messages: [message], claims: [claimOf(once, receipt)] });
        return message;
      };

      const first = await attempt("x".repeat(9_000));
      const second = await attempt("x".repeat(9_000));
      expect([...put]).toHaveLength(1);
      expect(await store.messages.read([first.id, second.id])).toEqual([first]);
      // The same key with other words is refused, and changes nothing of what was accepted.
      await attempt("y".repeat(9_000));
      expect(await store.messages.read([first.id])).toEqual([first]);
    });
  });
}

function channelMessage(channelMessageId: string, receipt: Receipt): Claim {
  return { kind: "channel-message", channel: "portal", channelMessageId, contentHash: "hash", receipt };
}

function idempotencyKey(key: string, receipt: Receipt): Claim {
  return { kind: "idempotency-key", principalId: "prin_portal", key, bodyHash: "hash", receipt };
}

import { CASE_SCHEMA, Case, Fact, fold, type Instant, instant, MINUTE_MS, note, plus, take } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { InvalidCursor } from "../cases/cursor.ts";
import { NewerSchema } from "../items/newer-schema.ts";
import { factsKey, stateKey } from "../keys.ts";
import type { ListedCase } from "../ports/cases.ts";
import type { Store } from "../store.ts";
import { BY, exampleMessage, newCaseId, newSuffix, openExample, openingAppend, START } from "./example-appends.ts";
import { readAll } from "./read-all.ts";

/** What every case store does, whatever is under it. `open` gives a store on one and the same table each time. */
export function caseStoreContract(open: () => Promise<Store>): void {
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

  describe("when something is there already", () => {
    const key = () => ({ principalId: "prin_portal", key: `key # ${newSuffix()}`, bodyHash: "hash" });

    test("an idempotency key is answered with what it gave", async () => {
      const store = await open();
      const { append, receipt } = await openingAppend(store);
      const claim = { kind: "idempotency-key" as const, ...key(), receipt: { ...receipt, dueAt: START } };
      await store.cases.append({ ...append, claims: [claim] });

      const again = await openingAppend(store);
      expect(await store.cases.append({ ...again.append, claims: [claim] })).toEqual({
        appended: false,
        conflict: "claimed",
        claim,
      });
      const { principalId, key: idempotencyKey } = claim;
      expect(await store.cases.lookUp({ principalId, idempotencyKey })).toMatchObject({
        keyed: { bodyHash: "hash", receipt: { ...receipt, dueAt: START } },
      });
      expect(await store.cases.lookUp({ principalId: "prin_other", idempotencyKey })).not.toHaveProperty("keyed");
    });

    test("a channel's message is on one case", async () => {
      const store = await open();
      const { append, receipt } = await openingAppend(store);
      const channelMessage = {
        channel: "portal",
        channelMessageId: `${"ü".repeat(990)}${newSuffix()}`,
        contentHash: "abc",
      };
      const claim = { kind: "channel-message" as const, ...channelMessage, receipt };
      await store.cases.append({ ...append, claims: [claim] });

      const again = await openingAppend(store);
      expect(await store.cases.append({ ...again.append, claims: [claim] })).toMatchObject({ conflict: "claimed" });
      const other = { ...claim, contentHash: "def" };
      expect(await store.cases.append({ ...again.append, claims: [other] })).toEqual({ appended: true });
      expect((await store.cases.lookUp({ principalId: "p", channelMessage })).received).toEqual(receipt);
    });

    test("an address belongs to one person", async () => {
      const store = await open();
      const { person } = await openExample(store);
      const [address = ""] = person.addresses;
      const { append } = await openingAppend(store);
      const other = { ...person, id: `person_${newSuffix()}` };

      const result = await store.cases.append({ ...append, persons: [other] });
      expect(result).toMatchObject({ conflict: "claimed", claim: { kind: "address", address, personId: other.id } });
      expect((await store.cases.lookUp({ principalId: "p", address })).person).toEqual(person);
    });
  });

  describe("when a message is looked up", () => {
    test("all that it may touch comes back in one read", async () => {
      const store = await open();
      const { append, person } = await openExample(store);
      const account = { id: "acct_acme", name: "Acme", package: "standard", team: "main", zone: "UTC", language: "en" };
      await store.directory.putAccount(account);

      const found = await store.cases.lookUp({
        principalId: "prin_portal",
        idempotencyKey: "never used",
        personId: person.id,
        accountId: "acct_acme",
        caseId: append.caseId,
      });
      const { next, projection } = append;
      expect(found).toEqual({ epoch: found.epoch, person, account, case: next, projection });
      expect(found.epoch).toBeGreaterThanOrEqual(1);
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
  });

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

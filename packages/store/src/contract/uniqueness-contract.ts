import { describe, expect, test } from "vitest";
import type { Store } from "../store.ts";
import { newSuffix, openExample, openingAppend, START } from "./example-appends.ts";

/** What can be only once, and how it is looked up. */
export function uniquenessContract(open: () => Promise<Store>): void {
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

    test("a key can be taken by itself, once, for what was answered before", async () => {
      const store = await open();
      const { receipt } = await openExample(store);
      const claim = { kind: "idempotency-key" as const, ...key(), receipt, repeat: true };
      const { principalId, key: idempotencyKey } = claim;
      expect(await store.cases.takeKey(claim)).toBe(true);
      expect(await store.cases.takeKey({ ...claim, bodyHash: "other" })).toBe(false);
      expect((await store.cases.lookUp({ principalId, idempotencyKey })).keyed).toEqual({
        bodyHash: "hash",
        receipt,
        repeat: true,
      });
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

    test("a file belongs to whoever named it first, who may name it again", async () => {
      const store = await open();
      const fileId = `file_${newSuffix()}`;
      const naming = async (principalId: string) => {
        const { append } = await openingAppend(store);
        return await store.cases.append({ ...append, claims: [{ kind: "file", fileId, principalId }] });
      };
      expect(await naming("prin_email")).toEqual({ appended: true });
      expect(await naming("prin_email")).toEqual({ appended: true });
      const claim = { kind: "file", fileId, principalId: "prin_portal" };
      expect(await naming("prin_portal")).toEqual({ appended: false, conflict: "claimed", claim });
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
}

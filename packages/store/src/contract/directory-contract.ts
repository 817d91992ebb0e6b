import type { Account, Principal } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import type { Store } from "../store.ts";
import { examplePerson, newSuffix } from "./example-appends.ts";

/** What every directory does, whatever is under it. */
export function directoryContract(open: () => Promise<Store>): void {
  const personOf = async (store: Store, address: string) =>
    (await store.cases.lookUp({ principalId: "prin_a", address })).person;

  describe("when somebody is put into the directory", () => {
    test("an account, a principal and whoever its subjects are bound to are found again", async () => {
      const { directory } = await open();
      const account: Account = {
        id: `acct_${newSuffix()}`,
        name: "Acme",
        package: "standard",
        team: "main",
        zone: "America/New_York",
        language: "en",
      };
      const principal: Principal = { kind: "channel", id: `prin_${newSuffix()}`, name: "Portal", channels: ["portal"] };
      const subject = `client#${newSuffix()}`;
      await directory.putAccount(account);
      await directory.putPrincipal(principal);
      await directory.bindSubject(subject, principal.id);

      expect(await directory.account(account.id)).toEqual(account);
      expect(await directory.principal(principal.id)).toEqual(principal);
      expect(await directory.principalOfSubject(subject)).toEqual(principal);
    });

    test("nobody is found under another name", async () => {
      const { directory } = await open();
      expect(await directory.account("acct_absent")).toBeUndefined();
      expect(await directory.person("person_absent")).toBeUndefined();
      expect(await directory.principal("prin_absent")).toBeUndefined();
      expect(await directory.principalOfSubject("absent")).toBeUndefined();
    });

    test("a subject bound to somebody who is not there is nobody", async () => {
      const { directory } = await open();
      const subject = newSuffix();
      await directory.bindSubject(subject, "prin_absent");
      expect(await directory.principalOfSubject(subject)).toBeUndefined();
    });
  });

  describe("when it turns out of which account somebody is", () => {
    test("one whom nobody knew is found with it, by id and by address, and of no other one later", async () => {
      const store = await open();
      const stranger = { ...examplePerson(), known: false, accountId: undefined };
      const [address = ""] = stranger.addresses;
      await store.directory.putPerson(stranger);
      await store.directory.joinAccount(stranger.id, "acct_a");
      await store.directory.joinAccount(stranger.id, "acct_b");
      const joined = { ...stranger, accountId: "acct_a" };
      expect(await store.directory.person(stranger.id)).toEqual(joined);
      expect(await personOf(store, address)).toEqual(joined);
    });

    test("whom the desk knows stays as they are, and nobody is made", async () => {
      const store = await open();
      const known = { ...examplePerson(), known: true, accountId: undefined };
      await store.directory.putPerson(known);
      await store.directory.joinAccount(known.id, "acct_a");
      expect((await store.directory.person(known.id))?.accountId).toBeUndefined();
      await store.directory.joinAccount("person_absent", "acct_a");
      expect(await store.directory.person("person_absent")).toBeUndefined();
    });
  });

  describe("when a person's addresses change", () => {
    test("they are found by the new ones, and the old ones are free for others", async () => {
      const store = await open();
      const before = examplePerson();
      const [old = ""] = before.addresses;
      const after = {
        ...before,
        name: "Jo",
        addresses: [`new-${newSuffix()}@example.com`, `${newSuffix()}@example.com`],
      };
      expect(await store.directory.putPerson(before)).toBe(true);
      expect(await store.directory.putPerson(after)).toBe(true);

      for (const address of after.addresses) expect(await personOf(store, address)).toEqual(after);
      expect(await personOf(store, old)).toBeUndefined();
      const other = { ...examplePerson(), addresses: [old] };
      expect(await store.directory.putPerson(other)).toBe(true);
      expect(await personOf(store, old)).toEqual(other);
    });

    test("one that belongs to somebody else is refused, and nothing is written", async () => {
      const store = await open();
      const [jo, sam] = [examplePerson(), examplePerson()];
      await store.directory.putPerson(jo);
      await store.directory.putPerson(sam);
      expect(await store.directory.putPerson({ ...sam, addresses: [...sam.addresses, ...jo.addresses] })).toBe(false);
      expect(await store.directory.person(sam.id)).toEqual(sam);
      expect(await personOf(store, jo.addresses[0] ?? "")).toEqual(jo);
    });

    test("an address that is named twice is taken once", async () => {
      const store = await open();
      const person = examplePerson();
      const twice = { ...person, addresses: [...person.addresses, ...person.addresses] };
      expect(await store.directory.putPerson(twice)).toBe(true);
      expect(await store.directory.putPerson(person)).toBe(true);
      expect(await personOf(store, person.addresses[0] ?? "")).toEqual(person);
    });

    test("two writers at once leave no address of neither", async () => {
      const store = await open();
      const person = examplePerson();
      await store.directory.putPerson(person);
      const [a, b] = [`a-${newSuffix()}@example.com`, `b-${newSuffix()}@example.com`];
      await Promise.all([a, b].map((address) => store.directory.putPerson({ ...person, addresses: [address] })));

      const kept = (await store.directory.person(person.id))?.addresses ?? [];
      expect(kept).toHaveLength(1);
      for (const address of [a, b]) {
        expect(await personOf(store, address)).toEqual(
          kept.includes(address) ? { ...person, addresses: kept } : undefined,
        );
      }
    });
  });
}

import type { Person } from "@ithaca/domain";
import {
  accountItem,
  accountOf,
  addressWrite,
  personItem,
  personOf,
  principalItem,
  principalOf,
} from "../items/directory-items.ts";
import { accountKey, addressKey, personKey, principalKey, subjectKey } from "../keys.ts";
import type { Directory } from "../ports/directory.ts";
import type { Condition, Table, Write } from "../table/table.ts";

const TRIES = 10;

/** Who is who, in a table. */
export function directoryStore(table: Table): Directory {
  const principal: Directory["principal"] = async (id) => {
    const item = await table.get(principalKey(id));
    return item && principalOf(item);
  };

  return {
    account: async (id) => {
      const item = await table.get(accountKey(id));
      return item && accountOf(item);
    },
    person: async (id) => {
      const item = await table.get(personKey(id));
      return item && personOf(item);
    },
    principal,
    principalOfSubject: async (subject) => {
      const bound = await table.get(subjectKey(subject));
      return bound && principal(String(bound.principalId));
    },
    putAccount: async (account) => {
      await table.put(accountItem(account));
    },
    putPerson: (person) => putPerson(table, person),
    joinAccount: (personId, accountId) => joinAccount(table, personId, accountId),
    putPrincipal: async (one) => {
      await table.put(principalItem(one));
    },
    bindSubject: async (subject, principalId) => {
      await table.put({ ...subjectKey(subject), noun: "subject", principalId });
    },
  };
}

/** A person and all addresses change together: those that are new are taken, those that are gone are free again. */
async function putPerson(table: Table, person: Person): Promise<boolean> {
  const taken = [...new Set(person.addresses)];
  for (let tried = 0; tried < TRIES; tried += 1) {
    const before = await table.get(personKey(person.id));
    const addresses = before === undefined ? [] : personOf(before).addresses;
    const gone = new Set(addresses.filter((address) => !taken.includes(address)));
    const unchanged: Condition = before === undefined ? ["absent"] : [{ addresses: { equals: addresses } }];
    const result = await table.transact([
      { put: personItem(person), condition: unchanged },
      ...taken.map((address) => addressWrite(address, person)),
      ...[...gone].map(freeing(person.id)),
    ]);
    if (result.done) return true;

    const isTaken = result.failed.some((place) => place >= 1 && place <= taken.length);
    if (isTaken) return false;
  }
  throw new Error(`${person.id} was changed by others ${TRIES} times in a row`);
}

/** The person is still whom nobody knows when it is written: what an agent says meanwhile holds. */
async function joinAccount(table: Table, personId: string, accountId: string): Promise<void> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const item = await table.get(personKey(personId));
    const person = item && personOf(item);
    if (person === undefined || person.known || person.accountId !== undefined) return;
    const joined = { ...person, accountId };
    const asRead: Condition = [
      {
        addresses: { equals: person.addresses },
        "person.known": { equals: false },
        "person.accountId": { isAbsent: true },
      },
    ];
    const result = await table.transact([
      { put: personItem(joined), condition: asRead },
      ...person.addresses.map((address) => addressWrite(address, joined)),
    ]);
    if (result.done) return;
  }
  throw new Error(`${personId} was changed by others ${TRIES} times in a row`);
}

function freeing(personId: string) {
  return (address: string): Write => ({
    remove: addressKey(address),
    condition: ["absent", { personId: { equals: personId } }],
  });
}

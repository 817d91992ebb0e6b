import { Account, Person, Principal } from "@ithaca/domain";
import * as z from "zod/mini";
import { accountKey, addressKey, personKey, principalKey } from "../keys.ts";
import type { Condition, Item, Write } from "../table/table.ts";

export function accountItem(account: Account): Item {
  return { ...accountKey(account.id), noun: "account", account: z.encode(Account, account) };
}

export function accountOf(item: Item): Account {
  return z.decode(Account, item.account as z.input<typeof Account>);
}

export function principalItem(principal: Principal): Item {
  return { ...principalKey(principal.id), noun: "principal", principal: z.encode(Principal, principal) };
}

export function principalOf(item: Item): Principal {
  return z.decode(Principal, item.principal as z.input<typeof Principal>);
}

export function personItem(person: Person): Item {
  const stored = z.encode(Person, person);
  return { ...personKey(person.id), noun: "person", addresses: stored.addresses, person: stored };
}

/** An address holds its whole person, so that intake finds who wrote in the one read that it has. */
export function addressWrite(address: string, person: Person): Write {
  return {
    put: { ...addressKey(address), noun: "address", personId: person.id, person: z.encode(Person, person) },
    condition: ifFreeOrTheirs(person.id),
  };
}

/** An address belongs to one person. */
function ifFreeOrTheirs(personId: string): Condition {
  return ["absent", { personId: { equals: personId } }];
}

/** The person of a person's or an address's item. */
export function personOf(item: Item): Person {
  return z.decode(Person, item.person as z.input<typeof Person>);
}

import { Account, type Account as KnownAccount, MINUTE_MS } from "@ithaca/domain";
import type { Item } from "@ithaca/store";
import * as z from "zod/mini";
import type { Cast } from "../workload/cast.ts";

/** Somebody goes by what they read for so long at most. */
export const GONE_BY_MS = 5 * MINUTE_MS;

interface Version<Value> {
  readonly value: Value;
  readonly from: number;
}

/** Who is who, as the desk's writes tell it, and as somebody may still go by who read it a while ago. */
export interface DirectorySeen {
  /** What may be believed of whether the directory vouches for a person. */
  known(personId: string): readonly boolean[];
  /** What may be believed of an account; undefined: that there is none. */
  accounts(id: string): readonly (KnownAccount | undefined)[];
}

/** Begins with everybody whom the world was furnished with. */
export function openDirectorySeen(cast: Cast, now: () => number) {
  const persons = new Map<string, Version<boolean>[]>();
  const accounts = new Map<string, Version<KnownAccount>[]>();

  function put<Value>(versions: Map<string, Version<Value>[]>, id: string, value: Value, from: number): void {
    versions.set(id, [...(versions.get(id) ?? []), { value, from }]);
  }

  /** The last version, and those that one replaced a short while ago. */
  function since<Value>(versions: readonly Version<Value>[]): Value[] {
    const before = now() - GONE_BY_MS;
    return versions.filter((_, at) => (versions[at + 1]?.from ?? now()) >= before).map(({ value }) => value);
  }

  for (const { personId } of cast.customers) put(persons, personId, true, 0);
  for (const account of cast.accounts) put(accounts, account.id, account, 0);
  return {
    known: (id) => [...new Set(since(persons.get(id) ?? [{ value: false, from: 0 }]))],
    accounts: (id) => since<KnownAccount | undefined>(accounts.get(id) ?? [{ value: undefined, from: 0 }]),
    onWrite(item: Item): void {
      if (item.noun === "person") {
        const { id, known } = item.person as { id: string; known: boolean };
        put(persons, id, known, now());
      }
      if (item.noun === "account") {
        const account = z.decode(Account, item.account as z.input<typeof Account>);
        put(accounts, account.id, account, now());
      }
    },
  } satisfies DirectorySeen & { onWrite: unknown };
}

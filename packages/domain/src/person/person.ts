import * as z from "zod/mini";
import { AccountId } from "../account/account.ts";
import { prefixedId } from "../text/code.ts";
import { Address, Language, Name, Zone } from "../text/limits.ts";

export const PersonId = prefixedId("person");
export type PersonId = z.infer<typeof PersonId>;

export const ADDRESSES_MAX = 10;

/** A customer's human: never an agent. `known` tells one whom the directory vouches for from one who only wrote. */
export const Person = z.object({
  id: PersonId,
  name: z.optional(Name),
  addresses: z.array(Address).check(z.maxLength(ADDRESSES_MAX)),
  accountId: z.optional(AccountId),
  zone: z.optional(Zone),
  language: z.optional(Language),
  known: z.boolean(),
});
export type Person = z.infer<typeof Person>;

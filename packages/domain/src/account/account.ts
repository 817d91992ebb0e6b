import * as z from "zod/mini";
import { Code, prefixedId } from "../text/code.ts";
import { Language, Name, Zone } from "../text/limits.ts";

export const AccountId = prefixedId("acct");
export type AccountId = z.infer<typeof AccountId>;

/** A customer organisation: its package decides what it may use, its team who answers it. */
export const Account = z.object({
  id: AccountId,
  name: Name,
  package: Code,
  team: Code,
  zone: Zone,
  language: Language,
});
export type Account = z.infer<typeof Account>;

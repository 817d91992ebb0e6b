import type { Store } from "@ithaca/store";
import type { Cast } from "./cast.ts";

/** Makes everybody of a world known to its desk. */
export async function furnish({ directory }: Pick<Store, "directory">, cast: Cast): Promise<void> {
  for (const account of cast.accounts) await directory.putAccount(account);
  for (const { personId: id, address, accountId } of cast.customers) {
    await directory.putPerson({ id, addresses: [address], known: true, ...(accountId !== undefined && { accountId }) });
  }
  for (const { subject, principal } of cast.principals) {
    await directory.putPrincipal(principal);
    await directory.bindSubject(subject, principal.id);
  }
}

import { type Instant, instant } from "@ithaca/domain";
import type { Store } from "@ithaca/store";
import { type Cast, UNREACHED } from "./cast.ts";
import { livedCalendars } from "./lived-calendars.ts";
import { livedPolicy } from "./lived-policy.ts";

/** Makes everybody of a world known to its desk, and puts rules in force that promise every metric. */
export async function furnish({ directory, rules }: Pick<Store, "directory" | "rules">, cast: Cast): Promise<void> {
  const change = { by: "prin_ops", reason: "The desk opens.", at: BEFORE, inForceFrom: BEFORE };
  await rules.putPolicy(livedPolicy(), change, (await rules.timeline()).revision);
  for (const calendar of livedCalendars()) await rules.putCalendar(calendar, change, (await rules.timeline()).revision);
  for (const account of cast.accounts) await directory.putAccount(account);
  for (const { personId: id, address, accountId } of cast.customers) {
    await directory.putPerson({ id, addresses: [address], known: true, ...(accountId !== undefined && { accountId }) });
  }
  await directory.putPerson({ id: UNREACHED, addresses: [], known: true });
  for (const { subject, principal } of cast.principals) {
    await directory.putPrincipal(principal);
    await directory.bindSubject(subject, principal.id);
  }
}

/** Long before any world begins. */
const BEFORE: Instant = instant(Date.UTC(2026, 0, 1));

import { isZone, type Recipient, type Rulebook, teamOf } from "@ithaca/domain";
import type { Directory } from "@ithaca/store";

/** Where a mail goes, and by which wall clock its reader lives, where that is known. */
export interface Addressee {
  readonly address: string;
  readonly zone?: string | undefined;
}

/** Looks up the address of a recipient as it is today. Undefined: there is none. */
export async function findAddressee(
  to: Recipient,
  { policy }: Rulebook,
  directory: Pick<Directory, "person" | "account" | "principal">,
): Promise<Addressee | undefined> {
  switch (to.kind) {
    case "person":
      return await findPerson(to.personId, directory);
    case "agent": {
      const agent = await directory.principal(to.principalId);
      return agent?.kind === "agent" ? { address: agent.address } : undefined;
    }
    case "team-lead":
    case "on-call": {
      const { onCallAddress, leadAddress, zone } = teamOf(policy, to.team);
      return { address: to.kind === "on-call" ? onCallAddress : leadAddress, zone };
    }
  }
}

async function findPerson(
  personId: string,
  directory: Pick<Directory, "person" | "account">,
): Promise<Addressee | undefined> {
  const person = await directory.person(personId);
  const [address] = person?.addresses ?? [];
  if (person === undefined || address === undefined) return undefined;

  const account = person.accountId === undefined ? undefined : await directory.account(person.accountId);
  // A name that is no zone would keep the mail from being written at all.
  const zone = [person.zone, account?.zone].find((name) => name !== undefined && isZone(name));
  return { address, zone };
}

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Somebody who signs in to the demo desk by name and password. */
export interface DemoUser {
  readonly username: string;
  readonly name: string;
  /** What they are at the desk, in words for the terminal. */
  readonly standing: string;
  /** The teams whose cases are theirs to answer; a lead's and a manager's are not. */
  readonly answersFor: readonly string[];
}

/** Who the demo desk knows, as the file that `ithaca import-directory` takes. */
export const DEMO_DIRECTORY = join(import.meta.dirname, "..", "demo-directory.json");

/** The password of every demo user. No secret: it opens a desk on the loopback address that holds nobody's data. */
export const DEMO_PASSWORD = "Ithaca-demo-2026";

/** As in the file; the rest of it is for the command alone. */
interface DirectoryFile {
  readonly accounts: readonly { readonly id: string; readonly name: string; readonly team: string }[];
  readonly principals: readonly PrincipalEntry[];
}

interface PrincipalEntry {
  readonly kind: "agent" | "customer" | "channel";
  readonly username?: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly teams: readonly string[];
  readonly accountId?: string;
}

/** Everybody in the demo directory who signs in. */
export function readDemoUsers(): readonly DemoUser[] {
  const { accounts, principals }: DirectoryFile = JSON.parse(readFileSync(DEMO_DIRECTORY, "utf8"));
  return principals.flatMap((principal) => {
    const { username, name, roles, teams } = principal;
    const answersFor = roles.includes("agent") ? teams : [];
    return username === undefined ? [] : [{ username, name, standing: standingOf(principal, accounts), answersFor }];
  });
}

function standingOf({ kind, roles, teams, accountId }: PrincipalEntry, accounts: DirectoryFile["accounts"]): string {
  if (kind === "agent") return `${roles.at(-1) ?? "agent"} of ${teams.join(" and ")}`;
  const account = accounts.find(({ id }) => id === accountId);
  return account ? `customer, ${account.name} (team ${account.team})` : "customer";
}

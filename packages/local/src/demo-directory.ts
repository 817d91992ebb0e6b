import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DataDir } from "./data-dir.ts";
import { requireOutput, type StackOutputs } from "./stack-outputs.ts";

/** Somebody who signs in to the demo desk by name and password. */
export interface DemoUser {
  readonly username: string;
  readonly name: string;
  readonly address: string;
  /** What they are at the desk, in words for the terminal. */
  readonly standing: string;
}

/** Who the demo desk knows, in the shape that `ithaca import-directory` takes. */
export interface DemoDirectory {
  /** The file to import. */
  readonly file: string;
  readonly users: readonly DemoUser[];
}

/** As in demo-directory.json; the rest of it is for the command alone. */
interface DirectoryFile {
  readonly accounts: readonly { readonly id: string; readonly name: string; readonly team: string }[];
  readonly principals: readonly PrincipalEntry[];
}

interface PrincipalEntry {
  readonly kind: "agent" | "customer" | "channel";
  readonly username?: string;
  readonly name: string;
  readonly address: string;
  readonly roles: readonly string[];
  readonly teams: readonly string[];
  readonly accountId?: string;
}

const TEMPLATE = join(import.meta.dirname, "..", "demo-directory.json");

/** Writes the demo directory for one deployment: `${Name}` in it stands for the stack output of that name. */
export function writeDemoDirectory(outputs: StackOutputs, dataDir: DataDir): DemoDirectory {
  const text = readFileSync(TEMPLATE, "utf8").replaceAll(/\$\{(\w+)\}/g, (_, name: string) =>
    requireOutput(outputs, name),
  );
  const file = join(dataDir.scratch, "demo-directory.json");
  writeFileSync(file, text);
  return { file, users: usersOf(JSON.parse(text)) };
}

function usersOf({ principals, accounts }: DirectoryFile): readonly DemoUser[] {
  return principals.flatMap((principal) => {
    const { username, name, address } = principal;
    return username === undefined ? [] : [{ username, name, address, standing: standingOf(principal, accounts) }];
  });
}

function standingOf({ kind, roles, teams, accountId }: PrincipalEntry, accounts: DirectoryFile["accounts"]): string {
  if (kind === "agent") return `${roles.at(-1) ?? "agent"} of ${teams.join(" and ")}`;
  const account = accounts.find(({ id }) => id === accountId);
  return account ? `customer, ${account.name} (team ${account.team})` : "customer";
}

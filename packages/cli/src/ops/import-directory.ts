import { isDeepStrictEqual } from "node:util";
import type { Account, Person, Principal } from "@ithaca/domain";
import type { Directory } from "@ithaca/store";
import type { DirectoryFile, PersonRow, PrincipalRow } from "./directory-file.ts";
import type { StackOutputs } from "./stack-outputs.ts";
import type { UserPool } from "./user-pool.ts";

/** Where a directory goes. */
export interface DirectoryTarget {
  readonly directory: Directory;
  readonly users: UserPool;
  readonly outputs: StackOutputs;
}

/** How a directory is imported. */
export interface DirectoryImport {
  /** Says what would be done, and does nothing. */
  readonly dryRun: boolean;
  /** Makes the users that are missing. */
  readonly createUsers: boolean;
  /** The password of the users that are made, for good. */
  readonly password?: string | undefined;
}

/** What became of one row. */
export interface DirectoryReceipt {
  readonly kind: "account" | "person" | "agent" | "customer" | "channel";
  readonly id: string;
  readonly outcome: "put" | "unchanged" | "refused";
  /** Why it was refused, or what was done beside. */
  readonly note: string;
}

/**
 * Imports who is who, a row at a time: accounts, then people, then principals with what they sign in by. A row that is
 * refused holds up no other. The same file again changes nothing.
 */
export async function* importDirectory(
  file: DirectoryFile,
  target: DirectoryTarget,
  how: DirectoryImport,
): AsyncIterable<DirectoryReceipt> {
  for (const account of file.accounts) yield await importAccount(account, target, how);
  for (const row of file.people) yield await importPerson(row, file, target, how);
  for (const row of file.principals) yield await importPrincipal(row, file, target, how);
}

async function importAccount(
  account: Account,
  { directory }: DirectoryTarget,
  how: DirectoryImport,
): Promise<DirectoryReceipt> {
  const row = { kind: "account", id: account.id } as const;
  if (isDeepStrictEqual(await directory.account(account.id), account))
    return { ...row, outcome: "unchanged", note: "" };
  if (!how.dryRun) await directory.putAccount(account);
  return { ...row, outcome: "put", note: account.name };
}

async function importPerson(
  row: PersonRow,
  file: DirectoryFile,
  { directory }: DirectoryTarget,
  how: DirectoryImport,
): Promise<DirectoryReceipt> {
  const receipt = { kind: "person", id: row.id } as const;
  const missing = await missingAccount(row.accountId, file, directory);
  if (missing !== undefined) return { ...receipt, outcome: "refused", note: missing };

  const person: Person = { ...row, known: true };
  if (isDeepStrictEqual(await directory.person(row.id), person)) return { ...receipt, outcome: "unchanged", note: "" };
  if (how.dryRun || (await directory.putPerson(person))) return { ...receipt, outcome: "put", note: row.name ?? "" };
  return { ...receipt, outcome: "refused", note: `an address of ${row.addresses.join(", ")} belongs to somebody else` };
}

async function missingAccount(
  accountId: string | undefined,
  file: DirectoryFile,
  directory: Directory,
): Promise<string | undefined> {
  if (accountId === undefined || file.accounts.some(({ id }) => id === accountId)) return undefined;
  return (await directory.account(accountId)) === undefined ? `there is no account ${accountId}` : undefined;
}

async function importPrincipal(
  row: PrincipalRow,
  file: DirectoryFile,
  target: DirectoryTarget,
  how: DirectoryImport,
): Promise<DirectoryReceipt> {
  const { directory } = target;
  const receipt = { kind: row.kind, id: row.id } as const;
  const missing = row.kind === "customer" ? await missingParts(row, file, directory) : undefined;
  if (missing !== undefined) return { ...receipt, outcome: "refused", note: missing };

  const signIn = await signInOf(row, target, how);
  if ("refused" in signIn) return { ...receipt, outcome: "refused", note: signIn.refused };

  const principal = principalOf(row);
  const bound = signIn.subject === undefined ? undefined : await directory.principalOfSubject(signIn.subject);
  if (bound?.id === principal.id && isDeepStrictEqual(await directory.principal(row.id), principal)) {
    return { ...receipt, outcome: "unchanged", note: signIn.note };
  }
  if (!how.dryRun) {
    await directory.putPrincipal(principal);
    if (signIn.subject !== undefined) await directory.bindSubject(signIn.subject, principal.id);
  }
  const taken = bound === undefined || bound.id === principal.id ? "" : `; was ${bound.id}'s`;
  return { ...receipt, outcome: "put", note: `${signIn.note}${taken}` };
}

async function missingParts(
  { personId, accountId }: Extract<PrincipalRow, { kind: "customer" }>,
  file: DirectoryFile,
  directory: Directory,
): Promise<string | undefined> {
  const known = file.people.some(({ id }) => id === personId) || (await directory.person(personId)) !== undefined;
  return known ? await missingAccount(accountId, file, directory) : `there is no person ${personId}`;
}

/** The subject that a row signs in by; absent in a dry run, for a user who would be made. */
async function signInOf(
  row: PrincipalRow,
  { users, outputs }: DirectoryTarget,
  how: DirectoryImport,
): Promise<{ subject?: string; note: string } | { refused: string }> {
  if (row.kind === "channel") {
    const subject = clientIdOf(row.clientId, outputs);
    return subject === undefined
      ? { refused: `the stack has no output ${row.clientId}` }
      : { subject, note: `client ${subject}, for ${row.channels.join(", ")}` };
  }
  const { username, name, address } = row;
  const subject = await users.subjectOf(username);
  if (subject !== undefined) return { subject, note: `user ${username}` };
  if (!how.createUsers) return { refused: `there is no user ${username}; --create-users makes one` };
  if (how.dryRun) return { note: `user ${username} would be made` };
  return { subject: await users.create({ username, name, address }, how.password), note: `user ${username} made` };
}

const OUTPUT_REFERENCE = /^\$\{([A-Za-z0-9]+)\}$/;

/** The id of an app client: as it stands, or by the name of the stack's output. */
function clientIdOf(written: string, outputs: StackOutputs): string | undefined {
  const name = OUTPUT_REFERENCE.exec(written)?.[1];
  return name === undefined ? (outputs[written] ?? written) : outputs[name];
}

function principalOf(row: PrincipalRow): Principal {
  const { id, name } = row;
  switch (row.kind) {
    case "agent":
      return { kind: "agent", id, name, address: row.address, role: highestRole(row.roles), teams: row.teams };
    case "customer":
      return {
        kind: "customer",
        id,
        personId: row.personId,
        ...(row.accountId !== undefined && { accountId: row.accountId }),
      };
    case "channel":
      return { kind: "channel", id, name, channels: row.channels };
  }
}

function highestRole(roles: readonly string[]): "agent" | "lead" | "manager" {
  if (roles.includes("manager")) return "manager";
  return roles.includes("lead") ? "lead" : "agent";
}

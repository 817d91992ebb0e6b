import {
  Account,
  AccountId,
  Address,
  Code,
  Language,
  Name,
  Person,
  PersonId,
  PrincipalId,
  Role,
  Zone,
} from "@ithaca/domain";
import * as z from "zod/mini";
import { Failure } from "../failure.ts";
import { readTextFile } from "../words.ts";
import { directoryOfTable } from "./directory-table.ts";

/** The most rows of each kind that one file holds. */
const ROWS_MAX = 100_000;

const PersonRow = z.strictObject({
  id: PersonId,
  name: z.optional(Name),
  addresses: Person.shape.addresses,
  accountId: z.optional(AccountId),
  zone: z.optional(Zone),
  language: z.optional(Language),
});
export type PersonRow = z.infer<typeof PersonRow>;

const Username = z.string().check(z.minLength(1), z.maxLength(128));

/** What all rows of principals have; a field that means nothing for a kind may stay, empty. */
const principal = {
  id: PrincipalId,
  name: Name,
  address: Address,
  roles: z.array(Role).check(z.maxLength(3)),
  teams: z.array(Code).check(z.maxLength(50)),
};

const PrincipalRow = z.discriminatedUnion("kind", [
  z.strictObject({
    ...principal,
    kind: z.literal("agent"),
    username: Username,
    roles: principal.roles.check(z.minLength(1)),
  }),
  z.strictObject({
    ...principal,
    kind: z.literal("customer"),
    username: Username,
    personId: PersonId,
    accountId: z.optional(AccountId),
  }),
  z.strictObject({
    ...principal,
    kind: z.literal("channel"),
    /** An app client's id, or the stack output that has it: `${ChannelClientIdPortal}`. */
    clientId: z.string().check(z.minLength(1), z.maxLength(128)),
    channels: z.array(Code).check(z.minLength(1), z.maxLength(50)),
  }),
]);
export type PrincipalRow = z.infer<typeof PrincipalRow>;

/** Who is who at a desk, as a file. */
export const DirectoryFile = z.strictObject({
  accounts: z.array(z.strictObject(Account.shape)).check(z.maxLength(ROWS_MAX)),
  people: z.array(PersonRow).check(z.maxLength(ROWS_MAX)),
  principals: z.array(PrincipalRow).check(z.maxLength(ROWS_MAX)),
});
export type DirectoryFile = z.infer<typeof DirectoryFile>;

/** Reads a directory file, JSON or CSV by its name. Throws a Failure that names the first field that is wrong. */
export function readDirectoryFile(path: string): DirectoryFile {
  const text = readTextFile(path);
  const read = z.safeParse(DirectoryFile, path.endsWith(".csv") ? directoryOfTable(text, path) : parseJson(text, path));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Failure(`${path}: ${issue?.path.join(".") || "the whole"}: ${issue?.message ?? "is not valid"}.`);
}

/** Reads JSON. Throws a Failure that names the file. */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(`${path} is not JSON.`);
  }
}

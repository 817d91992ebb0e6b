import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Directory } from "@ithaca/store";
import * as z from "zod/mini";
import { Failure } from "../failure.ts";
import { parseJson } from "./directory-file.ts";
import type { StackOutputs } from "./stack-outputs.ts";
import type { UserPool } from "./user-pool.ts";

/** The file of an export that says who signed in how: what the table itself knows only by the subjects of one pool. */
const SIGN_INS_FILE = "sign-ins.json";

const SignIns = z.object({
  users: z.array(
    z.object({
      username: z.string(),
      subject: z.string(),
      address: z.optional(z.string()),
      name: z.optional(z.string()),
    }),
  ),
  /** The outputs of the stack, of which some are the ids of channels' app clients. */
  outputs: z.record(z.string(), z.string()),
});

/** Who can sign in, and where it is kept that they can. */
export interface SignInPlaces {
  readonly directory: Directory;
  readonly users: UserPool;
  readonly outputs: StackOutputs;
}

/** Writes who of the user pool is somebody at the desk, and by which clients channels sign in. Gives back how many. */
export async function exportSignIns(folder: string, { directory, users, outputs }: SignInPlaces): Promise<number> {
  const known: z.infer<typeof SignIns>["users"] = [];
  for await (const user of users.all()) {
    if ((await directory.principalOfSubject(user.subject)) !== undefined) known.push(user);
  }
  // What follows into this folder is what customers wrote: nobody else on this machine reads it.
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, SIGN_INS_FILE), `${JSON.stringify({ users: known, outputs }, null, 2)}\n`);
  return known.length;
}

/** How sign-ins were brought along. */
export interface RestoredSignIns {
  /** Users who were made, without a password unless one was given. */
  readonly made: readonly string[];
  /** Principals that sign in by another subject than before. */
  readonly bound: number;
}

/**
 * Binds whoever could sign in where the export was made to their sign-in here: users by their name, made when they are
 * missing, and channels by the name of the stack output that has their client's id.
 */
export async function importSignIns(
  folder: string,
  { directory, users, outputs }: SignInPlaces,
  password: string | undefined,
): Promise<RestoredSignIns> {
  const exported = readSignIns(folder);
  const made: string[] = [];
  let bound = 0;
  const bind = async (before: string, subject: string, principalId: string) => {
    if (subject === before) return;
    await directory.bindSubject(subject, principalId);
    bound += 1;
  };

  for (const user of exported.users) {
    const principal = await directory.principalOfSubject(user.subject);
    if (principal === undefined) continue;
    let subject = await users.subjectOf(user.username);
    if (subject === undefined) {
      subject = await users.create(user, password);
      made.push(user.username);
    }
    await bind(user.subject, subject, principal.id);
  }
  for (const [name, clientId] of Object.entries(exported.outputs)) {
    const principal = await directory.principalOfSubject(clientId);
    const here = outputs[name];
    if (principal !== undefined && here !== undefined) await bind(clientId, here, principal.id);
  }
  return { made, bound };
}

function readSignIns(folder: string): z.infer<typeof SignIns> {
  const path = join(folder, SIGN_INS_FILE);
  if (!existsSync(path)) throw new Failure(`${folder} holds no whole export: it has no ${SIGN_INS_FILE}.`);
  const read = z.safeParse(SignIns, parseJson(readFileSync(path, "utf8"), path));
  if (read.success) return read.data;
  throw new Failure(`${path} is not what ithaca export writes.`);
}

import { relative } from "node:path";
import { DEMO_PASSWORD } from "./demo-directory.ts";
import type { Desk } from "./desk.ts";
import { agentFor, type TrialCase } from "./trial-case.ts";

/** As much of a desk as a person is told. */
export type WelcomingDesk = Pick<Desk, "apiUrl" | "inboxUrl" | "users" | "environmentFile"> & {
  readonly dataDir: Pick<Desk["dataDir"], "path">;
};

const ITHACA = "npm run --silent ithaca --";

/**
 * What a person needs to know of a desk that has just come up: where it is, who can sign in, what to try. Paths are
 * shown from `cwd`; things are tried on the trial case, if there is one.
 */
export function welcome(desk: WelcomingDesk, cwd: string, trial?: TrialCase): string {
  const widest = Math.max(...desk.users.map((user) => user.username.length));
  const users = desk.users.map((user) => `    ${user.username.padEnd(widest)}  ${user.standing}`);
  const { number, username } = trial ?? { number: "NUMBER", username: agentFor(desk.users, undefined) };
  return [
    "",
    "Ithaca is open.",
    `  API    ${pasteable(desk.apiUrl)}/v1`,
    `  hours  ${pasteable(desk.apiUrl)}/calendars  (for everybody, without sign-in)`,
    `  inbox  ${desk.inboxUrl}  (all mail of the desk ends here)`,
    `  data   ${shown(desk.dataDir.path, cwd)}  (kept once a minute while something changes, and at the end)`,
    `  sign-ins, all with the password ${DEMO_PASSWORD}`,
    ...users,
    "",
    "Three things to try, in another terminal in this folder:",
    "  1. Look at the cases of your team:",
    `       . ${shown(desk.environmentFile, cwd)}`,
    `       ${ITHACA} login --stack Ithaca --username ${username}`,
    `       ${ITHACA} case list`,
    "  2. See where a promised instant comes from:",
    `       ${ITHACA} case explain ${number}`,
    "  3. Answer the customer, then look into the inbox:",
    `       ${ITHACA} case reply ${number} -m "It works again: please sign in once more."`,
    "",
    "Ctrl-C keeps the data and stops everything.",
  ].join("\n");
}

/** A path from where a person is, or the whole of it when it leads away from there. */
function shown(path: string, cwd: string): string {
  const from = relative(cwd, path);
  return from.startsWith("..") ? path : from || ".";
}

/** An address that a shell takes as it is: in the local cloud's there is a dollar sign. */
function pasteable(url: string): string {
  return url.replaceAll("$", "%24");
}

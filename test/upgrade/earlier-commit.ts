import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { type Locked, otherVersions } from "./other-versions.ts";

export const ROOT = join(import.meta.dirname, "..", "..");

/** The project as it was at a commit: a folder of its own, with its own packages and the dependencies that it locked. */
export interface EarlierCommit {
  readonly id: string;
  readonly folder: string;
}

/** The dependencies of an earlier commit, which are not today's, could not be installed: it cannot be deployed. */
export class NotInstalled extends Error {
  override readonly name = "NotInstalled";
}

const INSTALL_TIMEOUT_MS = 300_000;
/** As much of what npm said as tells why. */
const NPM_SAID_MAX = 500;

/** The scope of the project's own packages, which are links into the tree that they belong to. */
const OWN_SCOPE = "@ithaca";
const WORKSPACES = ["packages/*", "functions", "infra", "test"];

/** The short id of a commit; undefined when it is not here: a shallow clone has only the last, an archive none. */
export function commitOf(reference: string): string | undefined {
  const options = { cwd: ROOT, encoding: "utf8" } as const;
  const { status, stdout } = spawnSync("git", ["rev-parse", "--short", "--verify", `${reference}^{commit}`], options);
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * Lays an earlier commit out under `.build`. It gets the dependencies that are installed, if they are those of its lockfile, and
 * else its own, by npm. Throws NotInstalled when npm cannot install them.
 */
export function layOut(id: string, say: (line: string) => void): EarlierCommit {
  const folder = join(ROOT, ".build", "upgrade", id);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const archive = execFileSync("git", ["archive", id], { cwd: ROOT, maxBuffer: 2 ** 30 });
  execFileSync("tar", ["-x", "-C", folder], { input: archive });

  symlinkSync(join(ROOT, ".venv"), join(folder, ".venv"));
  const others = otherVersions(lockedIn(folder), lockedIn(ROOT));
  if (others.length === 0) {
    linkModules(folder);
    return { id, folder };
  }
  say(`installing the packages of ${id}: ${others.length} are not of today's versions, such as ${others[0]}`);
  install(folder);
  return { id, folder };
}

function lockedIn(folder: string): Locked {
  return JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages;
}

function install(folder: string): void {
  const options = { cwd: folder, encoding: "utf8", timeout: INSTALL_TIMEOUT_MS } as const;
  const { status, stderr, error } = spawnSync(
    "npm",
    ["ci", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"],
    options,
  );
  if (status !== 0) throw new NotInstalled((stderr || String(error)).trim().slice(0, NPM_SAID_MAX));
}

/** Its own packages are its own; everything else is what is installed. */
function linkModules(folder: string): void {
  const [there, here] = [join(ROOT, "node_modules"), join(folder, "node_modules")];
  mkdirSync(join(here, OWN_SCOPE), { recursive: true });
  for (const entry of readdirSync(there)) {
    if (entry !== OWN_SCOPE) symlinkSync(join(there, entry), join(here, entry));
  }
  for (const workspace of workspacesIn(folder)) {
    symlinkSync(workspace, join(here, OWN_SCOPE, workspace.split("/").at(-1) ?? ""));
    // What npm could not share between workspaces lies in one of them.
    const own = join(ROOT, workspace.slice(folder.length + 1), "node_modules");
    if (existsSync(own)) symlinkSync(own, join(workspace, "node_modules"));
  }
}

function workspacesIn(folder: string): string[] {
  return WORKSPACES.flatMap((place) => {
    if (!place.endsWith("/*")) return [join(folder, place)];
    const parent = join(folder, place.slice(0, -2));
    return readdirSync(parent).map((name) => join(parent, name));
  });
}

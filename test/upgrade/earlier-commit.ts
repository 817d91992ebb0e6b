import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "..", "..");

/** The project as it was at a commit: a folder of its own, with its own packages and with the dependencies of today. */
export interface EarlierCommit {
  readonly id: string;
  readonly folder: string;
}

/** The scope of the project's own packages, which are links into the tree that they belong to. */
const OWN_SCOPE = "@ithaca";
const WORKSPACES = ["packages/*", "functions", "infra", "test"];

/** The short id of a commit; undefined when it is not here: a shallow clone has only the last, an archive none. */
export function commitOf(reference: string): string | undefined {
  const options = { cwd: ROOT, encoding: "utf8" } as const;
  const { status, stdout } = spawnSync("git", ["rev-parse", "--short", "--verify", `${reference}^{commit}`], options);
  return status === 0 ? stdout.trim() : undefined;
}

/** Lays an earlier commit out under `.build`. */
export function layOut(id: string): EarlierCommit {
  const folder = join(ROOT, ".build", "upgrade", id);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const archive = execFileSync("git", ["archive", id], { cwd: ROOT, maxBuffer: 2 ** 30 });
  execFileSync("tar", ["-x", "-C", folder], { input: archive });

  symlinkSync(join(ROOT, ".venv"), join(folder, ".venv"));
  linkModules(folder);
  return { id, folder };
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

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Where one desk keeps what it must remember, its logs, and what it may forget. */
export interface DataDir {
  readonly path: string;
  /** The product's own export: what the next start imports. */
  readonly exported: string;
  /** Logs of the local cloud, the inbox and the deployment. Made anew at each start. */
  readonly logs: string;
  /** Mail that the inbox took. */
  readonly mail: string;
  /** The HOME of children, so that they read and write none of the person's own files. */
  readonly home: string;
  /** What is of no use after a stop. Made anew at each start. */
  readonly scratch: string;
  /** Lets another desk use the folder. */
  release(): void;
}

/** Marks a folder as ours, and names the process whose desk uses it. What does not bear it is never emptied. */
const MARK = "desk.pid";

/**
 * Opens a data folder for one desk; `fresh` first removes what an earlier desk left there.
 * Throws when the folder holds something else, or when another desk is running on it.
 */
export function openDataDir(path: string, { fresh }: { readonly fresh: boolean }): DataDir {
  const root = resolve(path);
  mkdirSync(root, { recursive: true });
  takePossession(root);

  const kept = { exported: join(root, "export"), mail: join(root, "mail"), home: join(root, "home") };
  const forgotten = { logs: join(root, "logs"), scratch: join(root, "scratch") };
  const removed = fresh ? { ...kept, ...forgotten } : forgotten;
  for (const folder of Object.values(removed)) rmSync(folder, { recursive: true, force: true });
  for (const folder of [kept.mail, kept.home, ...Object.values(forgotten)]) mkdirSync(folder, { recursive: true });
  // The emulator runs functions from the scratch folder, and its own loader there is CommonJS: what package.json above
  // the folder says of modules must not reach it.
  writeFileSync(join(forgotten.scratch, "package.json"), '{ "type": "commonjs" }\n');

  return { path: root, ...kept, ...forgotten, release: () => writeFileSync(join(root, MARK), "") };
}

function takePossession(root: string): void {
  const mark = join(root, MARK);
  if (existsSync(mark)) {
    const pid = Number(readFileSync(mark, "utf8"));
    if (isRunning(pid))
      throw new Error(
        `a desk is running on ${root} already (process ${pid}): stop it, or take another folder with --data-dir`,
      );
  } else if (readdirSync(root).length > 0) {
    throw new Error(`${root} holds something that is not a desk's: give --data-dir an empty or a new folder`);
  }
  writeFileSync(mark, String(process.pid));
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

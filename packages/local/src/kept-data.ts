import { existsSync, renameSync, rmSync } from "node:fs";
import type { Cli } from "./cli.ts";
import type { DataDir } from "./data-dir.ts";

/** How long an export or an import of a desk on one machine may take. */
export const TRANSFER_TIMEOUT_SECONDS = 120;

/** Whether an earlier start left an export here. One that was being replaced when the machine stopped is found again. */
export function hasKeptData(dataDir: DataDir): boolean {
  const last = lastOf(dataDir);
  if (!existsSync(dataDir.exported) && existsSync(last)) renameSync(last, dataDir.exported);
  return existsSync(dataDir.exported);
}

function lastOf(dataDir: DataDir): string {
  return `${dataDir.exported}.last`;
}

/**
 * Exports the desk, and puts the export in the place of the last one only when it is complete: an export that is cut
 * off leaves the last one as it was.
 */
export async function keepData(cli: Cli, dataDir: DataDir): Promise<void> {
  const next = `${dataDir.exported}.next`;
  const last = lastOf(dataDir);
  rmSync(next, { recursive: true, force: true });
  await cli.run(["export", next, "--allow-missing"], TRANSFER_TIMEOUT_SECONDS);
  rmSync(last, { recursive: true, force: true });
  if (existsSync(dataDir.exported)) renameSync(dataDir.exported, last);
  renameSync(next, dataDir.exported);
  rmSync(last, { recursive: true, force: true });
}

/**
 * Brings an export into a fresh deployment. Users who must be made get the password in an environment variable.
 * Everything outbound is held until goLive. Throws with what to do when the export cannot be imported.
 */
export async function restoreData(cli: Cli, exported: string, passwordVariable: string): Promise<void> {
  try {
    await cli.run(["import", exported, "--password-env", passwordVariable], TRANSFER_TIMEOUT_SECONDS);
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : error}\nTo start without that data: npm start -- --fresh`,
    );
  }
}

/** Keeps the desk from sending mail. */
export async function holdOutbound(cli: Cli): Promise<void> {
  await cli.run(["hold"], TRANSFER_TIMEOUT_SECONDS);
}

/** Lets the desk send mail and ring timers again after an import. */
export async function goLive(cli: Cli): Promise<void> {
  await cli.run(["go-live"], TRANSFER_TIMEOUT_SECONDS);
}

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DataDir } from "./data-dir.ts";

/** The variables by which the `ithaca` command finds a desk on this machine; the rest are for our own children. */
const SHARED_VARIABLES = [
  "AWS_ENDPOINT_URL",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_REGION",
  "ITHACA_STACK",
  "ITHACA_API",
  "ITHACA_PROFILE",
] as const;

/** Writes a file that a shell can read (`. FILE`), after which the `ithaca` command talks to this desk. Gives its path. */
export function writeEnvironmentFile(dataDir: DataDir, environment: Readonly<Record<string, string>>): string {
  const lines = SHARED_VARIABLES.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [`export ${name}='${value.replaceAll("'", `'\\''`)}'`];
  });
  const file = join(dataDir.path, "ithaca.env");
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { percentile, rounded } from "./percentile.ts";

/** What a function weighs before it does anything. */
export interface FunctionCost {
  readonly name: string;
  /** The bundle, the AWS SDK included. */
  readonly bundleKb: number;
  /** Importing it in a fresh process, without the start of Node itself. */
  readonly loadMs: number;
}

const BUNDLES = join(import.meta.dirname, "..", "..", ".build", "functions");
const RUNS = 5;
const BYTES_IN_KB = 1_000;
const LOAD_TIMEOUT_MS = 30_000;

/** Measures every bundle that the last deployment made. Throws when there is none. */
export function functionCosts(): FunctionCost[] {
  const names = existsSync(BUNDLES) ? readdirSync(BUNDLES).sort() : [];
  if (names.length === 0) throw new Error(`${BUNDLES} holds no bundles`);
  return names.map((name) => {
    const file = join(BUNDLES, name, "index.mjs");
    const runs = Array.from({ length: RUNS }, () => loadMs(file));
    return { name, bundleKb: Math.round(statSync(file).size / BYTES_IN_KB), loadMs: rounded(percentile(runs, 0.5), 1) };
  });
}

function loadMs(file: string): number {
  const program = `const t = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); console.log(performance.now() - t); process.exit(0)`;
  const args = ["--input-type=module", "--eval", program];
  return Number(execFileSync(process.execPath, args, { encoding: "utf8", timeout: LOAD_TIMEOUT_MS }));
}

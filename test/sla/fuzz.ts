/**
 * Compares the clocks of as many lives of a case as somebody has patience for with walking over them minute by minute:
 *
 *     npm run fuzz:sla -- --n 1000000 --seed 7
 *
 * Exits 1 at the first disagreement and prints the history, shrunk, and the line that shows it again.
 */
import { parseArgs } from "node:util";
import fc from "fast-check";
import { arbitraryHistory, historyText } from "./arbitrary-history.ts";
import { disagreements } from "./compare.ts";

const PROGRESS_EVERY = 10_000;

const { values } = parseArgs({
  options: { n: { type: "string", default: "50000" }, seed: { type: "string" }, path: { type: "string" } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
const runs = Number(values.n);
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(runs) || runs < 1) {
  console.error("usage: npm run fuzz:sla -- [--n HISTORIES] [--seed INTEGER] [--path PATH]");
  process.exit(2);
}

let lived = 0;
const property = fc.property(arbitraryHistory, (history) => {
  lived += 1;
  if (lived % PROGRESS_EVERY === 0) console.error(`${lived} histories`);
  return disagreements(history).length === 0;
});
const found = fc.check(property, { seed, numRuns: runs, ...(values.path !== undefined && { path: values.path }) });

const [example] = found.counterexample ?? [];
if (example === undefined) {
  console.log(`${lived} histories, seed ${seed}: no disagreement`);
} else {
  console.log(historyText(example));
  console.log(JSON.stringify(disagreements(example), null, 1));
  console.log(`again: npm run fuzz:sla -- --seed ${seed} --path ${found.counterexamplePath}`);
  process.exitCode = 1;
}

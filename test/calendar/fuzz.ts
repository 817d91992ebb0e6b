/**
 * Compares the engine with walking minute by minute for as many questions as somebody has patience for:
 *
 *     npm run fuzz:calendar -- --n 1000000 --seed 7
 *
 * Exits 1 at the first disagreement and prints the line that shows it again.
 */
import { parseArgs } from "node:util";
import fc from "fast-check";
import { arbitraryWeek, type Examination } from "./arbitrary-questions.ts";
import { compareWithOracle } from "./compare-with-oracle.ts";

const QUESTIONS_A_WEEK = 20;
const PROGRESS_EVERY = 20_000;

const { values } = parseArgs({
  options: { n: { type: "string", default: "50000" }, seed: { type: "string" }, path: { type: "string" } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
const runs = Math.ceil(Number(values.n) / QUESTIONS_A_WEEK);
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(runs) || runs < 1) {
  console.error("usage: npm run fuzz:calendar -- [--n QUESTIONS] [--seed INTEGER] [--path PATH]");
  process.exit(2);
}

let asked = 0;
const property = fc.property(arbitraryWeek(QUESTIONS_A_WEEK), (examination: Examination) => {
  asked += examination.questions.length;
  if (asked % PROGRESS_EVERY === 0) {
    console.error(`${asked} questions`);
  }
  const { calendar, window, questions } = examination;
  return compareWithOracle(calendar, window, questions) === undefined;
});
const found = fc.check(property, {
  seed,
  numRuns: runs,
  ...(values.path !== undefined && { path: values.path }),
});

const [example] = found.counterexample ?? [];
if (example === undefined) {
  console.log(`${asked} questions, seed ${seed}: no disagreement`);
} else {
  console.log(JSON.stringify(compareWithOracle(example.calendar, example.window, example.questions)));
  console.log(JSON.stringify(example.calendar));
  console.log(`again: npm run fuzz:calendar -- --seed ${seed} --path ${found.counterexamplePath}`);
  process.exitCode = 1;
}

/**
 * Compares the engine with walking minute by minute for as many questions as somebody has patience for:
 *
 *     npm run fuzz:calendar -- --n 1000000 --seed 7
 *
 * Exits 1 at the first disagreement and prints the line that shows it again.
 */
import { fuzz } from "../fuzz/fuzz.ts";
import { arbitraryWeek } from "./arbitrary-questions.ts";
import { compareWithOracle } from "./compare-with-oracle.ts";

const QUESTIONS_A_WEEK = 20;

process.exitCode = fuzz(
  process.argv.slice(2),
  {
    script: "fuzz:calendar",
    counted: "questions",
    perExample: QUESTIONS_A_WEEK,
    arbitrary: arbitraryWeek(QUESTIONS_A_WEEK),
    agrees: ({ calendar, window, questions }) => compareWithOracle(calendar, window, questions) === undefined,
    show: ({ calendar, window, questions }) => [
      JSON.stringify(compareWithOracle(calendar, window, questions)),
      JSON.stringify(calendar),
    ],
  },
  { out: console.log, err: console.error },
);

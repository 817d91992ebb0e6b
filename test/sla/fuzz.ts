/**
 * Compares the clocks of as many lives of a case as somebody has patience for with walking over them minute by minute:
 *
 *     npm run fuzz:sla -- --n 1000000 --seed 7
 *
 * Exits 1 at the first disagreement and prints the history, shrunk, and the line that shows it again.
 */
import { fuzz } from "../fuzz/fuzz.ts";
import { arbitraryHistory, historyText } from "./arbitrary-history.ts";
import { disagreements } from "./compare.ts";

process.exitCode = fuzz(
  process.argv.slice(2),
  {
    script: "fuzz:sla",
    counted: "histories",
    perExample: 1,
    arbitrary: arbitraryHistory,
    agrees: (history) => disagreements(history).length === 0,
    show: (history) => [historyText(history), JSON.stringify(disagreements(history), null, 1)],
  },
  { out: console.log, err: console.error },
);

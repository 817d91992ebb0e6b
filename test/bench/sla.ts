/**
 * What a clock costs: its state from 50 facts, and its due, warnings and wake-up from a state with hand-overs, pauses,
 * priorities and edits behind it. `node test/bench/sla.ts`
 */
import { applyAppend, cycleWakeAt, dueOf, type Fact, warningsOf } from "@ithaca/domain";
import fc from "fast-check";
import { arbitraryHistory } from "../sla/arbitrary-history.ts";
import { rulebookAt } from "../sla/desk.ts";
import { live } from "../sla/live.ts";

const FACTS = 50;
const HISTORIES = 400;
const ROUNDS = 40;
const MICROSECONDS_A_MILLISECOND = 1_000;
/** The limit that the fold and the reckoning of one cycle must keep together. */
const LIMIT_US = 50;

const histories = fc.sample(arbitraryHistory, { numRuns: HISTORIES * 10, seed: 7 });
const lives = histories
  .map((history) => ({ history, ...live(history) }))
  .filter(({ facts }) => facts.length >= 20)
  .slice(0, HISTORIES)
  .map(({ history, facts, current, until }) => ({
    current,
    facts: [
      ...facts,
      ...new Array<Fact>(FACTS).fill({
        type: "NoteWritten",
        at: until,
        by: { kind: "agent", id: "a" },
        messageId: "msg_n",
      }),
    ].slice(0, FACTS),
    rulebook: rulebookAt(history.edits, until),
  }));

function timed(what: string, work: (one: (typeof lives)[number]) => void): number {
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begin = performance.now();
    for (const one of lives) work(one);
    took.push(((performance.now() - begin) / lives.length) * MICROSECONDS_A_MILLISECOND);
  }
  // The fastest round: the others waited for whatever else the machine had to do.
  const fastest = Math.min(...took);
  console.log(`${what}: ${fastest.toFixed(1)} µs`);
  return fastest;
}

console.log(`${lives.length} lives of a case, each of ${FACTS} facts; the fastest of ${ROUNDS} rounds`);
const fold = timed("the state of a case from 50 facts", ({ facts }) => applyAppend(undefined, facts, "case_100000009"));
const reckon = timed("due, warnings and wake-up of one cycle", ({ current, rulebook }) => {
  const [cycle] = current.clocks;
  if (cycle === undefined) return;
  warningsOf(rulebook, dueOf(rulebook, current, cycle));
  cycleWakeAt(rulebook, current, cycle);
});
console.log(`together: ${(fold + reckon).toFixed(1)} µs, the limit is ${LIMIT_US} µs`);
if (fold + reckon > LIMIT_US) process.exitCode = 1;

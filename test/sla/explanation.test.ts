import {
  type Calendar,
  type ExplainedStretch,
  type Explanation,
  explainClock,
  isRunning,
  type OpenTimeSpan,
} from "@ithaca/domain";
import { recountExplanation } from "@ithaca/policy/recount";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryHistory, historyText } from "./arbitrary-history.ts";
import { rulebookAt, VERSIONS } from "./desk.ts";
import { type History, live } from "./live.ts";

const HISTORIES = 1_500;
const SEED = 11;

/** What is wrong with the explanations of a case's clocks, for somebody who adds them up again minute by minute. */
function faultsOf(history: History): string[] {
  const { current, until } = live(history);
  const rulebook = rulebookAt(history.edits, until);
  return current.clocks.flatMap((cycle) => {
    const explanation = explainClock(current, cycle, rulebook, until);
    const name = `${cycle.metric} ${cycle.number}`;
    const whole = isRunning(cycle) && cycle.breachedAt === undefined ? sumFaults(explanation) : [];
    return [...joins(explanation), ...explanation.stretches.flatMap(recounted), ...whole].map(
      (fault) => `${name}: ${fault}`,
    );
  });
}

/** Each span follows on the one before it, from the start of the promise to the due. */
function joins({ spans, stretches, dueAt }: Explanation): string[] {
  const ends = [stretches[0]?.from ?? dueAt, ...spans.map(({ until }) => until)];
  const begins = [...spans.map(({ from }) => from), dueAt];
  return begins.flatMap((from, index) =>
    from === ends[index] ? [] : [`a hole before ${new Date(from).toISOString()}`],
  );
}

function recounted({ segment: { calendar }, spans }: ExplainedStretch): string[] {
  const open = spans.filter((span): span is OpenTimeSpan => span.kind !== "paused");
  const [first, last] = [open[0], open.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (calendar === undefined)
    return open.every(({ kind }) => kind === "counted") ? [] : ["it skips time of a clock that always runs"];
  const version = VERSIONS.find(
    ({ id, version: number }) => id === calendar.id && number === calendar.version,
  ) as Calendar;
  return [...recountExplanation(version, first.from, last.until, open).faults];
}

/** A policy that promises less than was counted already is due when it comes into force: then more is counted. */
function sumFaults({ openMs, governing, segments }: Explanation): string[] {
  const moved = openMs > governing.openMs && segments.some(({ combine }) => combine === "move");
  return openMs === governing.openMs || moved ? [] : [`it counts ${openMs} of ${governing.openMs} ms`];
}

describe("an explanation, whatever happened to the case", () => {
  test("leaves nothing out, counts what is open and nothing else, and adds up to the target", () => {
    let pauses = 0;
    let pieces = 0;
    const found = fc.check(
      fc.property(arbitraryHistory, (history) => {
        const { current, until } = live(history);
        const rulebook = rulebookAt(history.edits, until);
        for (const cycle of current.clocks) {
          const { spans, stretches } = explainClock(current, cycle, rulebook, until);
          pauses += spans.filter(({ kind }) => kind === "paused").length;
          pieces += stretches.length > 1 ? 1 : 0;
        }
        return faultsOf(history).length === 0;
      }),
      { numRuns: HISTORIES, seed: SEED },
    );
    const [example] = found.counterexample ?? [];
    expect(example && `${historyText(example)}\n${faultsOf(example).join("\n")}`).toBeUndefined();
    expect(pauses).toBeGreaterThan(HISTORIES / 20);
    expect(pieces).toBeGreaterThan(HISTORIES / 20);
  });
});

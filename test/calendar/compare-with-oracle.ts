import {
  addOpenTime,
  type Calendar,
  compileCalendar,
  HorizonReached,
  type Instant,
  isOpen,
  nextClosing,
  nextOpening,
  type OpenHours,
  openTimeBetween,
  subtractOpenTime,
} from "@ithaca/domain";
import { type MinuteOracle, minuteOracle } from "@ithaca/policy/recount";

/** A moment to ask about, relative to the window's begin, and a length of open time. All milliseconds. */
export type Question = { readonly afterMs: number; readonly lengthMs: number };

/** Something that engine and oracle see differently. */
export type Disagreement = {
  readonly operation: string;
  readonly atMs: number;
  readonly argumentMs: number;
  readonly engine: number | undefined;
  readonly oracle: number | undefined;
};

/**
 * Asks the engine and the oracle the same about a window of time. What the oracle cannot say, because the window ends
 * first, the engine may answer with any instant outside of the window.
 */
export function compareWithOracle(
  calendar: Calendar,
  window: { readonly fromMs: number; readonly untilMs: number },
  questions: readonly Question[],
): Disagreement | undefined {
  const oracle = minuteOracle(calendar, window.fromMs, window.untilMs);
  const hours = compileCalendar(calendar);
  for (const { afterMs, lengthMs } of questions) {
    const atMs = window.fromMs + afterMs;
    for (const ask of OPERATIONS) {
      const answer = ask(hours, oracle, atMs, lengthMs);
      const isOutside =
        answer.engine === undefined || answer.engine <= window.fromMs || answer.engine >= window.untilMs;
      const agrees = answer.oracle === undefined ? isOutside : answer.engine === answer.oracle;
      if (!agrees) {
        return { ...answer, operation: ask.name, atMs, argumentMs: lengthMs };
      }
    }
  }
  return undefined;
}

type Ask = (
  hours: OpenHours,
  oracle: MinuteOracle,
  atMs: number,
  lengthMs: number,
) => { engine: number | undefined; oracle: number | undefined };

const OPERATIONS: readonly Ask[] = [
  function add(hours, oracle, atMs, lengthMs) {
    return {
      engine: withinHorizon(() => addOpenTime(hours, atMs as Instant, lengthMs)),
      oracle: oracle.add(atMs, lengthMs),
    };
  },
  function subtract(hours, oracle, atMs, lengthMs) {
    return {
      engine: withinHorizon(() => subtractOpenTime(hours, atMs as Instant, lengthMs)),
      oracle: oracle.subtract(atMs, lengthMs),
    };
  },
  function between(hours, oracle, atMs, lengthMs) {
    return {
      engine: openTimeBetween(hours, atMs as Instant, (atMs + lengthMs) as Instant),
      oracle: oracle.between(atMs, atMs + lengthMs),
    };
  },
  function open(hours, oracle, atMs) {
    return {
      engine: Number(isOpen(hours, atMs as Instant)),
      oracle: Number(oracle.isOpen(atMs)),
    };
  },
  function opening(hours, oracle, atMs) {
    return {
      engine: withinHorizon(() => nextOpening(hours, atMs as Instant)),
      oracle: oracle.nextOpening(atMs),
    };
  },
  function closing(hours, oracle, atMs) {
    return { engine: nextClosing(hours, atMs as Instant), oracle: oracle.nextClosing(atMs) };
  },
];

function withinHorizon(answer: () => number): number | undefined {
  try {
    return answer();
  } catch (error) {
    if (error instanceof HorizonReached) {
      return undefined;
    }
    throw error;
  }
}

import type { Chance } from "./chance.ts";
import type { FaultName } from "./faults.ts";

/** How one call of a service goes, drawn when it is made: it is not taken at all, or it has its effect. */
export type Course = { readonly taken: false; readonly why: "throttled" | "conflict" | "crash" } | TakenCourse;

/** A call that has its effect. */
export interface TakenCourse {
  readonly taken: true;
  /** The process ends after the effect. */
  readonly crashes: boolean;
  /** Its caller hears of a failure. */
  readonly unanswered: boolean;
  /** The SDK's own repeat has the effect a second time. */
  readonly repeats: boolean;
  /** How long it takes, in milliseconds. */
  readonly ms: number;
  /** The effect comes at the beginning of that time, not at its end. */
  readonly early: boolean;
}

const LATENCY_MIN_MS = 1;
const LATENCY_MAX_MS = 9;
const PAUSE_MAX_MS = 60_000;

/** Draws a course; `struck` draws whether a fault happens, and keeps it. */
export function courseOf(
  chance: Chance,
  struck: (fault: FaultName) => boolean,
  can: { readonly conflict: boolean; readonly repeat: boolean },
): Course {
  if (struck("throttled")) return { taken: false, why: "throttled" };
  if (can.conflict && struck("transaction-conflict")) return { taken: false, why: "conflict" };
  const crashes = struck("crash");
  if (crashes && chance.happens(0.5)) return { taken: false, why: "crash" };
  return {
    taken: true,
    crashes,
    unanswered: struck("answer-lost"),
    repeats: can.repeat && struck("sdk-repeats"),
    ms: latencyOf(chance, struck("pause")),
    early: chance.happens(0.5),
  };
}

function latencyOf(chance: Chance, pauses: boolean): number {
  return pauses ? chance.between(LATENCY_MAX_MS, PAUSE_MAX_MS) : chance.between(LATENCY_MIN_MS, LATENCY_MAX_MS);
}

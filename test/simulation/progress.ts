import type { Growing } from "./simulate.ts";
import type { WorldResult } from "./worker.ts";

const PROGRESS_EACH_MS = 5_000;

/** Seconds since an instant of the process's own clock (`performance.now()`), rounded to whole ones. */
export function secondsSince(startedMs: number): number {
  return Math.round((performance.now() - startedMs) / 1_000);
}

/** Does some work, and tells every few seconds how far it is. */
export async function whileTelling<Result>(tell: () => void, work: () => Promise<Result>): Promise<Result> {
  const telling = setInterval(tell, PROGRESS_EACH_MS);
  try {
    return await work();
  } finally {
    clearInterval(telling);
  }
}

/** The sum of all worlds so far. */
export interface Total {
  worlds: number;
  caseDays: number;
  cases: number;
  steps: number;
  cpuMs: number;
  mails: number;
  breaches: number;
  faults: Record<string, number>;
  facts: Record<string, number>;
  routes: Record<string, number>;
  /** Each with the line that replays its world. */
  violations: { seed: number; at: string; law: string; what: string; replay: string }[];
}

export function nothingYet(): Total {
  const sums = { worlds: 0, caseDays: 0, cases: 0, steps: 0, cpuMs: 0, mails: 0, breaches: 0 };
  return { ...sums, faults: {}, facts: {}, routes: {}, violations: [] };
}

export function add(total: Total, { seed, ...result }: WorldResult, replay: string): void {
  total.worlds += 1;
  for (const name of ["caseDays", "cases", "steps", "cpuMs", "mails", "breaches"] as const) total[name] += result[name];
  for (const counted of ["faults", "facts", "routes"] as const) count(total[counted], result[counted]);
  for (const { at, law, what } of result.violations) {
    total.violations.push({ seed, at: new Date(at).toISOString(), law, what, replay });
  }
}

/** The sum with what is lived through of the worlds that have not ended. */
export function withUnfinished(total: Total, unfinished: Iterable<Pick<WorldResult, Growing>>): Total {
  const sum = { ...total, faults: { ...total.faults } };
  for (const { faults, ...grown } of unfinished) {
    for (const name of ["caseDays", "steps", "cpuMs"] as const) sum[name] += grown[name];
    count(sum.faults, faults);
  }
  return sum;
}

function count(sums: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [name, counted] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + counted;
}

export function injected({ faults }: Total): number {
  return Object.values(faults).reduce((sum, count) => sum + count, 0);
}

/** Steps in a second of one core. */
export function stepsASecond({ steps, cpuMs }: Total): number {
  return Math.round((steps / Math.max(1, cpuMs)) * 1_000);
}

/** One line: how far it is after so many seconds. */
export function progressLine(total: Total, sinceStart: number): string {
  const seconds = Math.max(1, sinceStart);
  return [
    `${seconds} s`,
    `${total.worlds} worlds`,
    `${Math.round(total.caseDays)} case-days`,
    `${total.steps} steps (${Math.round(total.steps / seconds)}/s, ${stepsASecond(total)}/s a core)`,
    `${injected(total)} faults`,
    `${total.violations.length} violations`,
  ].join(" · ");
}

import { cyclesByTheFacts, type History, type Lived, live } from "./live.ts";
import { type CycleTold, cyclesByTheMinute } from "./oracle.ts";

/** The cycles that the engine and the oracle tell differently; none when they agree. */
export function disagreements(
  history: History,
  { happenings, facts, until }: Lived = live(history),
): { engine: CycleTold | undefined; oracle: CycleTold | undefined }[] {
  const engine = cyclesByTheFacts(facts);
  const oracle = cyclesByTheMinute(happenings, history.edits, until);
  const names = new Set([...engine, ...oracle].map(nameOf));
  return [...names].flatMap((name) => {
    const [one, other] = [engine, oracle].map((told) => told.find((cycle) => nameOf(cycle) === name));
    return JSON.stringify(one, replaced) === JSON.stringify(other, replaced) ? [] : [{ engine: one, oracle: other }];
  });
}

function nameOf({ metric, number }: CycleTold): string {
  return `${metric} ${number}`;
}

/** Keeps what is undefined, which JSON would leave out. */
function replaced(_key: string, value: unknown): unknown {
  return value === undefined ? null : value;
}

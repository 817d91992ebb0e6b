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
    return isSame(one, other) ? [] : [{ engine: one, oracle: other }];
  });
}

function nameOf({ metric, number }: CycleTold): string {
  return `${metric} ${number}`;
}

function isSame(one: CycleTold | undefined, other: CycleTold | undefined): boolean {
  return (
    one?.startedAt === other?.startedAt && one?.breachedAt === other?.breachedAt && one?.outcome === other?.outcome
  );
}

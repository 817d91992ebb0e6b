import { MINUTE_MS } from "@ithaca/domain";
import { UPKEEP } from "./left-out.ts";
import { type Lived, type Simulation, simulate } from "./simulate.ts";
import { FAULT_NAMES } from "./world/faults.ts";

/** The shortest history that was found to break the same law. */
export interface Shrunk {
  readonly simulation: Simulation;
  readonly lived: Lived;
  readonly runs: number;
  /** A limit was reached before everything had been tried. */
  readonly isCut: boolean;
}

/** For how long at most, and who is told every few seconds how far it is. */
export interface Shrinking {
  readonly minutes: number;
  readonly tell: (text: string) => void;
}

/** So many shorter histories are tried, at most. */
export const SHRINK_RUNS_MAX = 160;
const PROGRESS_EACH_MS = 5_000;

/**
 * Leaves out stories, then steps, then kinds of faults and upkeep, as long as the same law is still broken. Each story and
 * each call draws from its own chance, so what is left out hardly moves the rest.
 */
export async function shrink(simulation: Simulation, first: Lived, { minutes, tell }: Shrinking): Promise<Shrunk> {
  const law = first.violations[0]?.law;
  const startedMs = performance.now();
  let best = { simulation, lived: first };
  let runs = 0;
  let toldMs = startedMs;
  let isCut = false;

  const isLate = () => performance.now() - startedMs >= minutes * MINUTE_MS;
  const isOver = () => {
    isCut ||= runs >= SHRINK_RUNS_MAX || isLate();
    return isCut;
  };

  function progress(what: string): void {
    if (performance.now() - toldMs < PROGRESS_EACH_MS) return;
    toldMs = performance.now();
    tell(`making it shorter, ${Math.round((toldMs - startedMs) / 1_000)} s, run ${runs} · ${what}`);
  }

  async function breaks(candidate: Simulation, what: string): Promise<boolean> {
    if (isOver()) return false;
    runs += 1;
    const onDay = () => progress(what);
    const lived = await simulate({ ...candidate, untilViolation: true, onDay, isGivenUp: isLate });
    if (lived.violations[0]?.law !== law) return false;
    best = { simulation: candidate, lived };
    return true;
  }

  /** Takes ever smaller pieces out of a list, as delta debugging does, and leaves at least so many. */
  async function lessOf<One>(
    { name, all, least = 0 }: { name: string; all: readonly One[]; least?: number },
    candidateOf: (left: readonly One[]) => Simulation,
  ): Promise<readonly One[]> {
    let left = all;
    for (let size = Math.ceil(left.length / 2); size >= 1 && !isOver(); size = Math.floor(size / 2)) {
      for (let at = 0; at < left.length; ) {
        const without = [...left.slice(0, at), ...left.slice(at + size)];
        const what = `${left.length} of ${all.length} ${name} left`;
        if (without.length >= least && (await breaks(candidateOf(without), what))) left = without;
        else at += size;
      }
    }
    return left;
  }

  const stories = best.lived.stories.filter(({ id }) => simulation.only?.has(id) ?? true).map(({ id }) => id);
  const kept = await lessOf({ name: "stories", all: stories, least: 1 }, (left) => ({
    ...best.simulation,
    only: new Map(left.map((id) => [id, simulation.only?.get(id)])),
  }));
  for (const id of kept) {
    const asked = best.simulation.only?.get(id);
    const steps = best.lived.stories.find((story) => story.id === id)?.steps.map((step) => step.id) ?? [];
    const [begins = 0, ...others] = steps.filter((step) => asked?.has(step) ?? true);
    await lessOf({ name: `steps of story ${id}`, all: others }, (left) => ({
      ...best.simulation,
      only: new Map([...(best.simulation.only ?? stories.map((one) => [one, undefined] as const))]).set(
        id,
        new Set([begins, ...left]),
      ),
    }));
  }
  const causes = causesOf(best.simulation, best.lived);
  const before = best.simulation.without ?? [];
  await lessOf({ name: "kinds of faults", all: causes }, (left) => ({
    ...best.simulation,
    without: new Set([...before, ...causes.filter((cause) => !left.includes(cause))]),
  }));
  return { ...best, runs, isCut };
}

/** The kinds of faults that struck, and upkeep where there is any. */
function causesOf({ calm, without }: Simulation, { faults }: Lived): string[] {
  const struck: string[] = FAULT_NAMES.filter((name) => faults[name] > 0);
  return calm === true || without?.has(UPKEEP) === true ? struck : [...struck, UPKEEP];
}

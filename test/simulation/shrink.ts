import { type Lived, type Simulation, simulate } from "./simulate.ts";
import { FAULT_NAMES } from "./world/faults.ts";

/** The shortest history that was found to break the same law. */
export interface Shrunk {
  readonly simulation: Simulation;
  readonly lived: Lived;
  readonly runs: number;
}

const RUNS_MAX = 160;

/**
 * Leaves out stories, then steps, then kinds of faults, as long as the same law is still broken. Each story and each
 * call draws from its own chance, so what is left out hardly moves the rest.
 */
export async function shrink(simulation: Simulation, first: Lived, tell: (text: string) => void): Promise<Shrunk> {
  const law = first.violations[0]?.law;
  let best = { simulation, lived: first };
  let runs = 0;

  async function breaks(candidate: Simulation): Promise<boolean> {
    if (runs >= RUNS_MAX) return false;
    runs += 1;
    const lived = await simulate({ ...candidate, untilViolation: true });
    if (lived.violations[0]?.law !== law) return false;
    best = { simulation: candidate, lived };
    return true;
  }

  /** Takes ever smaller pieces out of a list, as delta debugging does. */
  async function lessOf<One>(
    all: readonly One[],
    candidateOf: (left: readonly One[]) => Simulation,
  ): Promise<readonly One[]> {
    let left = all;
    for (let size = Math.ceil(left.length / 2); size >= 1 && runs < RUNS_MAX; size = Math.floor(size / 2)) {
      for (let at = 0; at < left.length; ) {
        const without = [...left.slice(0, at), ...left.slice(at + size)];
        if (without.length < left.length && (await breaks(candidateOf(without)))) left = without;
        else at += size;
      }
      tell(`${left.length} of ${all.length} left after ${runs} runs`);
    }
    return left;
  }

  const stories = best.lived.stories.filter(({ id }) => simulation.only?.has(id) ?? true).map(({ id }) => id);
  const kept = await lessOf(stories, (left) => ({
    ...best.simulation,
    only: new Map(left.map((id) => [id, simulation.only?.get(id)])),
  }));
  for (const id of kept) {
    const steps = best.lived.stories.find((story) => story.id === id)?.steps.map((step) => step.id) ?? [];
    const only = (left: readonly number[]) => new Map([...(best.simulation.only ?? [])]).set(id, new Set(left));
    await lessOf(steps.slice(1), (left) => ({ ...best.simulation, only: only([0, ...left]) }));
  }
  const faults = FAULT_NAMES.filter((name) => best.lived.faults[name] > 0);
  await lessOf(faults, (left) => ({
    ...best.simulation,
    without: new Set(FAULT_NAMES.filter((name) => !left.includes(name))),
  }));
  return { ...best, runs };
}

import { bundleDesk } from "./code/bundle-desk.ts";
import { NEXT_VERSION } from "./code/next-version.ts";
import type { Mutant } from "./mutants/mutant.ts";
import type { Options } from "./options.ts";
import { runWorlds } from "./run-worlds.ts";
import type { WorldResult } from "./worker.ts";
import { ENDLESS } from "./world/agenda.ts";
import { synthesise } from "./world/deployed.ts";
import type { WorldTask } from "./worlds.ts";

/** How a mutant was caught. */
export interface Verdict {
  readonly id: string;
  /** The law that it broke first; undefined: it survived. */
  readonly law: string | undefined;
  readonly what: string | undefined;
  /** In which world: the first that is tried is calm, the others are not. */
  readonly worlds: number;
}

/** The worlds that a mutant must not survive: a small calm one, then stormy ones, of growing size. */
const WORLDS: readonly Pick<WorldTask, "seed" | "days" | "stories" | "calm">[] = [
  { seed: 4, days: 1, stories: 20, calm: true },
  { seed: 5, days: 2, stories: 60, calm: false },
  { seed: 6, days: 5, stories: 250, calm: false },
];

/** Lives through worlds with each mutant until a law is broken. Without a mutant none is: that is asked first. */
export async function judge(
  mutants: readonly Mutant[],
  workers: number,
  onVerdict: (verdict: Verdict) => void,
): Promise<Verdict[]> {
  const deployed = synthesise();
  const waiting = [...mutants];
  const verdicts: Verdict[] = [];

  async function judgeNext(): Promise<void> {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const verdict = await judgeOne(mutant);
      verdicts.push(verdict);
      onVerdict(verdict);
    }
  }

  async function judgeOne({ id, patches }: Mutant): Promise<Verdict> {
    const bundle = await bundleDesk(patches);
    const nextBundle = await bundleDesk([...patches, ...NEXT_VERSION]);
    const shared = { bundle, nextBundle, deployed, untilViolation: true, without: [] };
    let worlds = 0;
    let caught: WorldResult["violations"][number] | undefined;
    const next = (): WorldTask | undefined => {
      const world = caught === undefined ? WORLDS[worlds] : undefined;
      if (world !== undefined) worlds += 1;
      return world && { ...shared, ...world };
    };
    try {
      await runWorlds(1, next, ({ violations }) => {
        caught = violations[0];
      });
    } catch (error) {
      // A mistake after which code never comes to an end is caught; any other is one of the simulation's own.
      if (!String(error).includes(ENDLESS)) throw error;
      return { id, law: "endless", what: ENDLESS, worlds };
    }
    return { id, law: caught?.law, what: caught?.what, worlds };
  }

  await Promise.all(Array.from({ length: workers }, judgeNext));
  return verdicts;
}

/** Judges all mutants and says which survived; the exit code. */
export async function judgeMutants(
  mutants: readonly Mutant[],
  { workers, json }: Options,
  say: (text: string) => void,
): Promise<number> {
  const startedMs = performance.now();
  let judged = 0;
  const verdicts = await judge(mutants, workers, ({ id, law, what, worlds }) => {
    judged += 1;
    const progress = `${judged} of ${mutants.length}, ${Math.round((performance.now() - startedMs) / 1_000)} s`;
    const told =
      law === undefined ? `SURVIVED ${id}` : `caught ${id} in world ${worlds}: ${law}: ${what?.slice(0, 160)}`;
    say(`${progress} · ${told}`);
  });
  const survivors = verdicts.filter(({ law }) => law === undefined).map(({ id }) => id);
  if (json) process.stdout.write(`${JSON.stringify(verdicts)}\n`);
  say(`${verdicts.length - survivors.length} of ${verdicts.length} mutants were caught`);
  return survivors.length === 0 ? 0 : 1;
}

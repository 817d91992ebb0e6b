import { bundleDesk } from "./code/bundle-desk.ts";
import { NEXT_VERSION } from "./code/next-version.ts";
import type { Patch } from "./code/patch.ts";
import type { Mutant } from "./mutants/mutant.ts";
import type { Options } from "./options.ts";
import { runWorlds } from "./run-worlds.ts";
import { verdictTable } from "./verdict-table.ts";
import type { WorldResult } from "./worker.ts";
import { ENDLESS } from "./world/agenda.ts";
import { type Deployed, synthesise } from "./world/deployed.ts";
import type { WorldTask } from "./worlds.ts";

/** How a mutant was caught. */
export interface Verdict {
  readonly id: string;
  /** The law that it broke first; undefined: it survived. */
  readonly law: string | undefined;
  readonly what: string | undefined;
  /** In which world, counted from 1: the first that is tried is calm, the others are not. */
  readonly world: number;
}

/**
 * The worlds that a mutant must not survive: a small calm one in which most are caught within seconds, the busy day on which
 * everything happens that can, then two in which rules change while cases wait, and one in which mail is held.
 */
const WORLDS: readonly Pick<WorldTask, "seed" | "days" | "stories" | "calm">[] = [
  { seed: 4, days: 1, stories: 20, calm: true },
  { seed: 22, days: 1, stories: 200, calm: false },
  { seed: 90, days: 3, stories: 90, calm: false },
  { seed: 37, days: 3, stories: 120, calm: false },
  { seed: 53, days: 4, stories: 80, calm: false },
];

/** The code as it is, which must break no law in any of the worlds: or a mutant that breaks one would show nothing. */
const UNMUTATED: Mutant = { id: "unmutated", patches: [] };

/** Lives through worlds with each mutant, several at once, until a law is broken. */
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
      const verdict = await judgeOne(mutant, deployed);
      verdicts.push(verdict);
      onVerdict(verdict);
    }
  }

  await Promise.all(Array.from({ length: workers }, judgeNext));
  return verdicts;
}

async function judgeOne({ id, patches }: Mutant, deployed: Deployed): Promise<Verdict> {
  const shared = { deployed, untilViolation: true, without: [] };
  let world = 0;
  let caught: WorldResult["violations"][number] | undefined;
  let bundle: string | undefined;
  const next = async (): Promise<WorldTask | undefined> => {
    bundle ??= await bundleDesk(patches);
    const size = caught === undefined ? WORLDS[world] : undefined;
    if (size === undefined) return undefined;
    world += 1;
    return { ...shared, ...size, bundle, nextBundle: size.calm ? undefined : await tomorrows(patches) };
  };
  try {
    await runWorlds(1, next, ({ violations }) => {
      caught = violations[0];
    });
  } catch (error) {
    // A mistake after which code never comes to an end is caught; any other is one of the simulation's own, and catches nothing.
    return { id, law: String(error).includes(ENDLESS) ? "endless" : undefined, what: String(error), world };
  }
  return { id, law: caught?.law, what: caught?.what, world };
}

/** Tomorrow's code with the same mistake; where tomorrow's is another at that very place, it has not made it. */
function tomorrows(patches: readonly Patch[]): Promise<string> {
  const isTaken = ({ file, find }: Patch) =>
    NEXT_VERSION.some((next) => next.file === file && find.includes(next.find));
  return bundleDesk([...patches.filter((patch) => !isTaken(patch)), ...NEXT_VERSION]);
}

/** Judges mutants, and with all of them the code without one, and says which survived; the exit code. */
export async function judgeMutants(
  mutants: readonly Mutant[],
  { workers, json, mutant }: Options,
  say: (text: string) => void,
): Promise<number> {
  const startedMs = performance.now();
  const seconds = () => Math.round((performance.now() - startedMs) / 1_000);
  // The code as it is lives through all worlds: begun first, it is done while others are judged.
  const judged = mutant === undefined ? [UNMUTATED, ...mutants] : mutants;
  let done = 0;
  const all = await judge(judged, workers, ({ id, law, what, world }: Verdict) => {
    done += 1;
    const caught = `caught ${id} in world ${world}: ${law}: ${what?.slice(0, 160)}`;
    const unbroken = id === UNMUTATED.id ? "the code as it is broke no law" : `SURVIVED ${id} ${what ?? ""}`;
    say(`${done} of ${judged.length}, ${seconds()} s · ${law === undefined ? unbroken : caught}`);
  });
  const unmutated = all.find(({ id }) => id === UNMUTATED.id);
  const verdicts = all.filter(({ id }) => id !== UNMUTATED.id);
  const survivors = verdicts.filter(({ law }) => law === undefined).map(({ id }) => id);

  if (json) process.stdout.write(`${JSON.stringify({ seconds: seconds(), unmutated, survivors, verdicts })}\n`);
  else for (const line of verdictTable(verdicts, WORLDS.length)) say(line);
  say(`${verdicts.length - survivors.length} of ${verdicts.length} mutants were caught, in ${seconds()} s`);
  if (survivors.length > 0) say(`survived: ${survivors.join(", ")}`);
  if (unmutated?.law === undefined) return survivors.length === 0 ? 0 : 1;
  say(`✗ the code as it is broke a law in world ${unmutated.world}: ${unmutated.law}: ${unmutated.what}`);
  return 1;
}

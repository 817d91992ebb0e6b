import { bundleDesk } from "./code/bundle-desk.ts";
import { bundleTomorrows } from "./code/mutated-desk.ts";
import type { Mutant } from "./mutants/mutant.ts";
import { MUTANTS } from "./mutants/mutants.ts";
import type { Options } from "./options.ts";
import { secondsSince } from "./progress.ts";
import { replayLine } from "./replay-line.ts";
import { runWorlds } from "./run-worlds.ts";
import type { Teller } from "./teller.ts";
import { verdictTable } from "./verdict-table.ts";
import type { WorldResult } from "./worker.ts";
import { type Deployed, synthesise } from "./world/deployed.ts";
import { WorldBroke } from "./world-broke.ts";
import type { World, WorldTask } from "./worlds.ts";

/** How a mutant was caught. */
export interface Verdict {
  readonly id: string;
  /** The law that it broke first; undefined: it survived. */
  readonly law: string | undefined;
  readonly what: string | undefined;
  /** In which world, counted from 1: the first that is tried is calm, the others are not. */
  readonly world: number;
  /** The line that lives through that world with the mutant. */
  readonly replay: string | undefined;
}

/**
 * The worlds that a mutant must not survive: a small calm one in which most are caught within seconds, the busy day on which
 * everything happens that can, then two in which rules change while cases wait, one in which mail is held, one in which cases
 * are written by old rules after the sweep of them has passed, and a stormy one in which many write the same case at once.
 */
const WORLDS: readonly World[] = [
  { seed: 4, days: 1, stories: 20, calm: true },
  { seed: 22, days: 1, stories: 200, calm: false },
  { seed: 90, days: 3, stories: 90, calm: false },
  { seed: 37, days: 3, stories: 120, calm: false },
  { seed: 17, days: 4, stories: 80, calm: false },
  { seed: 107, days: 4, stories: 80, calm: false },
  { seed: 40, days: 4, stories: 80, calm: false, stormy: true },
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
    return { ...shared, ...size, bundle, nextBundle: size.calm ? undefined : await bundleTomorrows(patches) };
  };
  const replayed = () => lineOf(id, WORLDS[world - 1]);
  try {
    await runWorlds(1, next, ({ violations }) => {
      caught = violations[0];
    });
  } catch (error) {
    // A mistake after which code never comes to an end is caught; any other is one of the simulation's own, and catches nothing.
    const isCaught = error instanceof WorldBroke && error.isEndless;
    return { id, law: isCaught ? "endless" : undefined, what: String(error), world, replay: replayed() };
  }
  return { id, law: caught?.law, what: caught?.what, world, replay: caught && replayed() };
}

function lineOf(id: string, world: World | undefined): string | undefined {
  return world && replayLine({ ...world, mutant: id === UNMUTATED.id ? undefined : id });
}

/** Judges mutants, and with all of them the code without one, and says which survived; the exit code. */
export async function judgeMutants(
  { workers, json, judged: named }: Options,
  { say, result }: Teller,
): Promise<number> {
  const startedMs = performance.now();
  const seconds = () => secondsSince(startedMs);
  // The code as it is lives through all worlds: begun first, it is done while others are judged.
  const judged = named ?? [UNMUTATED, ...MUTANTS];
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

  if (json) result({ seconds: seconds(), unmutated, survivors, verdicts });
  else for (const line of verdictTable(verdicts, WORLDS.length)) say(line);
  say(`${verdicts.length - survivors.length} of ${verdicts.length} mutants were caught, in ${seconds()} s`);
  if (survivors.length > 0) say(`survived: ${survivors.join(", ")}`);
  if (unmutated?.law === undefined) return survivors.length === 0 ? 0 : 1;
  say(
    `✗ the code as it is broke a law in world ${unmutated.world}: ${unmutated.law}: ${unmutated.what}\n  ${unmutated.replay}`,
  );
  return 1;
}

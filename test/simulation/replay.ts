import { loadDesk } from "./code/bundle-desk.ts";
import { bundleBoth } from "./code/mutated-desk.ts";
import type { Violation } from "./laws/laws.ts";
import type { Options } from "./options.ts";
import { replayLine, violationsTold } from "./replay-line.ts";
import { BadOptions } from "./run-command.ts";
import { type Shrunk, shrink } from "./shrink.ts";
import { plannedStories, type Simulation, simulate } from "./simulate.ts";
import type { Teller } from "./teller.ts";
import { synthesise } from "./world/deployed.ts";
import { WorldBroke } from "./world-broke.ts";
import { type World, worldAskedFor } from "./worlds.ts";

/** A story of a short history, as it is told. */
interface ToldStory {
  readonly id: number;
  readonly customer: string;
  readonly channel: string;
  readonly steps: readonly { readonly id: number; readonly at: string; readonly operation: string }[];
}

/** Lives through one world until it breaks a law, and makes the history as short as it can be; the exit code. */
export async function replay(options: Options, teller: Teller): Promise<number> {
  const { only, without, mutant } = options;
  const world = worldAskedFor(options.seed, options);
  refuseUnknown(world, only);
  const history = { ...world, only, without, mutant: mutant?.id };
  const simulation = await simulationOf(world, options);
  const lived = await simulate(simulation).catch((error: unknown) => {
    throw new WorldBroke(world, error instanceof Error ? String(error.stack) : String(error));
  });
  const [first] = lived.violations;
  if (first === undefined) {
    teller.say(`Nothing was violated: ${lived.cases} cases, ${lived.steps} steps, hash ${lived.hash}`);
    if (options.json) teller.result({ ...world, mutant: mutant?.id, violations: [], hash: lived.hash });
    return 0;
  }
  teller.say(violationsTold([first], history));
  const shrunk = await shrink(simulation, lived, { minutes: options.shrinkMinutes, tell: teller.say });
  const shorter = { ...history, only: shrunk.simulation.only, without: shrunk.simulation.without };
  const shortest = { ...lastOf(shrunk), stories: storiesOf(shrunk), replay: replayLine(shorter) };
  if (shrunk.isCut) teller.say(limitTold(shrunk, options));
  tellShortest(shortest, teller);
  if (options.json) {
    const violations = [{ ...violationOf(first), replay: replayLine(history) }];
    teller.result({ ...world, mutant: mutant?.id, violations, shortest });
  }
  return 1;
}

/** A history of nothing would break nothing. */
function refuseUnknown(world: World, only: Options["only"]): void {
  const planned = new Map(plannedStories(world).map(({ id, steps }) => [id, steps.map((step) => step.id)]));
  for (const [story, steps = []] of only ?? []) {
    const known = planned.get(story);
    if (known === undefined) {
      throw new BadOptions(`--only: the world has no story ${story}, they are 0 to ${planned.size - 1}`);
    }
    const unknown = [...steps].find((step) => !known.includes(step));
    if (unknown === undefined) continue;
    throw new BadOptions(`--only: story ${story} has no step ${unknown}, they are ${known.join(", ")}`);
  }
}

async function simulationOf(world: World, { only, without, mutant }: Options): Promise<Simulation> {
  const { bundle, nextBundle } = await bundleBoth(mutant?.patches);
  const [code, nextCode] = [await loadDesk(bundle), await loadDesk(nextBundle)];
  const kept = only === undefined ? {} : { only };
  return { ...world, deployed: synthesise(), code, nextCode, without, ...kept, untilViolation: true };
}

function violationOf({ at, law, what }: Violation) {
  return { at: new Date(at).toISOString(), law, what };
}

function lastOf({ lived, runs, isCut }: Shrunk) {
  const { steps, violations } = lived;
  return { runs, isCut, invocations: steps, violations: violations.slice(0, 1).map(violationOf) };
}

function storiesOf({ simulation: { only }, lived }: Shrunk): ToldStory[] {
  const kept = lived.stories.filter(({ id }) => only?.has(id) ?? true);
  return kept.map(({ id, customer, channel, steps }) => ({
    id,
    customer: customer.name,
    channel,
    steps: steps
      .filter((step) => only?.get(id)?.has(step.id) ?? true)
      .map((step) => ({ id: step.id, at: new Date(step.at).toISOString(), operation: step.operation })),
  }));
}

function limitTold({ runs }: Shrunk, { shrinkMinutes }: Options): string {
  return `Its limit was reached after ${runs} runs: it may get shorter with more than --shrink-minutes ${shrinkMinutes}, or replayed`;
}

function tellShortest(
  shortest: { runs: number; invocations: number; violations: { law: string; what: string }[]; replay: string } & {
    stories: readonly ToldStory[];
  },
  { say }: Teller,
): void {
  say(`Shortest history found (${shortest.runs} runs): ${shortest.invocations} steps`);
  for (const { id, customer, channel, steps } of shortest.stories) {
    const told = steps.map(({ at, operation }) => `${at} ${operation}`);
    say(`  story ${id} (${customer}, ${channel}): ${told.join(", ")}`);
  }
  for (const { law, what } of shortest.violations) say(`${law}: ${what}`);
  say(shortest.replay);
}

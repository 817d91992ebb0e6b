import { bundleBoth } from "./code/mutated-desk.ts";
import type { Options } from "./options.ts";
import {
  add,
  nothingYet,
  progressLine,
  secondsSince,
  stepsASecond,
  type Total,
  whileTelling,
  withUnfinished,
} from "./progress.ts";
import { replay } from "./replay.ts";
import { historyOf, replayLine, violationsTold } from "./replay-line.ts";
import { runWorlds } from "./run-worlds.ts";
import type { Growing } from "./simulate.ts";
import type { Teller } from "./teller.ts";
import type { WorldResult } from "./worker.ts";
import { synthesise } from "./world/deployed.ts";
import { WorldBroke } from "./world-broke.ts";
import { expectedCaseDays, type World, type WorldTask, worldAskedFor } from "./worlds.ts";

/** Lives through worlds, one after the other on each thread; the exit code. */
export async function run(options: Options, teller: Teller): Promise<number> {
  if (options.mutant !== undefined) return runMutant(options, options.mutant.id, teller);
  const { total, broken } = await runAll(options, teller);
  if (options.json) teller.result(resultOf(total));
  if (broken === undefined) return 0;
  if (options.json) return 1;
  const { seed, calm, days, stories } = broken;
  return replay({ ...options, seed, calm, size: { days, stories } }, teller);
}

/** A mutant must break a law, or never come to an end. */
async function runMutant(options: Options, id: string, teller: Teller): Promise<number> {
  const { total, law, told } = await untilCaught(options, teller);
  if (options.json) teller.result({ ...resultOf(total), mutant: id, caughtBy: law ?? null });
  teller.say(law === undefined ? `SURVIVED ${id}: it broke no law (worlds: ${total.worlds})` : `caught ${id}: ${told}`);
  return law === undefined ? 1 : 0;
}

async function untilCaught(options: Options, teller: Teller) {
  try {
    const { total } = await runAll(options, teller);
    const [first] = total.violations;
    return { total, law: first?.law, told: `${first?.law}: ${first?.what}` };
  } catch (error) {
    if (!(error instanceof WorldBroke && error.isEndless)) throw error;
    const told = `endless: ${error.message.split("\n")[0]}\n  ${replayLine(historyOf(error.world, options))}`;
    return { total: nothingYet(), law: "endless", told };
  }
}

/** The sum of all worlds, and the first that broke a law. */
async function runAll(options: Options, teller: Teller): Promise<{ total: Total; broken: World | undefined }> {
  const total = nothingYet();
  const unfinished = new Map<number, Pick<WorldResult, Growing>>();
  let broken: World | undefined;
  const startedMs = performance.now();
  const tellProgress = () => {
    if (!options.json) teller.say(progressLine(withUnfinished(total, unfinished.values()), secondsSince(startedMs)));
  };
  const { next, lived } = await planned(options, total);
  const onResult = (result: WorldResult, task: WorldTask) => {
    const history = historyOf(task, options);
    unfinished.delete(result.seed);
    lived(task);
    add(total, result, replayLine(history));
    const [first] = result.violations;
    if (first === undefined) return;
    broken ??= task;
    if (!options.json) teller.say(violationsTold([first], history));
  };
  await whileTelling(tellProgress, () =>
    runWorlds(options.workers, next, onResult, (seed, soFar) => unfinished.set(seed, soFar)),
  );
  tellProgress();
  return { total, broken };
}

/** The worlds of a run by their turns, until they come to so many case-days or, if that is asked for, one has broken a law. */
async function planned(options: Options, total: Total) {
  const { bundle, nextBundle } = await bundleBoth(options.mutant?.patches);
  const { untilFailure, without } = options;
  const shared = { bundle, nextBundle, deployed: synthesise(), untilViolation: untilFailure, without: [...without] };
  const expected = new Map<number, number>();
  let { seed } = options;
  const next = (): WorldTask | undefined => {
    const caseDays = [...expected.values()].reduce((sum, one) => sum + one, total.caseDays);
    const enough = untilFailure ? total.violations.length > 0 : caseDays >= options.caseDays;
    if (enough) return undefined;
    const world = worldAskedFor(seed, options);
    expected.set(seed, expectedCaseDays(world));
    seed += 1;
    return { ...shared, ...world };
  };
  return { next, lived: (task: World) => expected.delete(task.seed) };
}

function resultOf(total: Total) {
  return { ...total, stepsASecond: stepsASecond(total) };
}

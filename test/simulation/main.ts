import { bundleDesk, loadDesk } from "./code/bundle-desk.ts";
import { NEXT_VERSION } from "./code/next-version.ts";
import { liveTwice, TWICE_SIZE } from "./determinism.ts";
import { judgeMutants } from "./judge-mutants.ts";
import { MUTANTS, mutantOf } from "./mutants/mutants.ts";
import { type Options, readOptions, replayLine, USAGE } from "./options.ts";
import { add, nothingYet, progressLine, stepsASecond, type Total, withUnfinished } from "./progress.ts";
import { runWorlds } from "./run-worlds.ts";
import { shrink } from "./shrink.ts";
import { type Growing, simulate } from "./simulate.ts";
import type { WorldResult } from "./worker.ts";
import { synthesise } from "./world/deployed.ts";
import { expectedCaseDays, type WorldTask, worldOf } from "./worlds.ts";

const PROGRESS_EACH_MS = 5_000;

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** The parts that every world of a run shares. */
async function prepare(options: Options): Promise<Omit<WorldTask, "seed" | "days" | "stories" | "calm">> {
  const patches = options.mutant === undefined ? [] : mutantOf(options.mutant).patches;
  const bundle = await bundleDesk(patches);
  const nextBundle = await bundleDesk([...NEXT_VERSION]);
  return {
    bundle,
    nextBundle,
    deployed: synthesise(),
    untilViolation: options.untilFailure,
    without: [...options.without],
  };
}

async function run(options: Options): Promise<Total> {
  const shared = await prepare(options);
  const total = nothingYet();
  const startedMs = performance.now();
  let seed = options.seed;
  const expected = new Map<number, number>();
  const unfinished = new Map<number, Pick<WorldResult, Growing>>();
  const next = (): WorldTask | undefined => {
    const planned = [...expected.values()].reduce((sum, caseDays) => sum + caseDays, total.caseDays);
    const enough = options.untilFailure ? total.violations.length > 0 : planned >= options.caseDays;
    if (enough) return undefined;
    const world = worldOf(seed, options.caseDays);
    expected.set(seed, expectedCaseDays(world));
    seed += 1;
    return { ...shared, ...world, ...(options.calm && { calm: true }) };
  };
  const tellProgress = () =>
    say(progressLine(withUnfinished(total, unfinished.values()), startedMs, performance.now()));
  const tell = options.json ? undefined : setInterval(tellProgress, PROGRESS_EACH_MS);
  const onDay = (of: number, soFar: Pick<WorldResult, Growing>) => unfinished.set(of, soFar);
  try {
    await runWorlds(
      options.workers,
      next,
      (result) => {
        expected.delete(result.seed);
        unfinished.delete(result.seed);
        add(total, result);
        const [first] = result.violations;
        if (first !== undefined && !options.json) say(`✗ seed ${result.seed}: ${first.law}: ${first.what}`);
      },
      onDay,
    );
  } finally {
    clearInterval(tell);
  }
  if (!options.json) tellProgress();
  return total;
}

/** Whether each seed gives one history, whoever lives through it and whatever else the machine does. */
async function repeat(options: Options, seeds: number): Promise<number> {
  const shared = await prepare(options);
  const tasks = Array.from({ length: seeds }, (_, at): WorldTask => {
    const { seed, calm } = worldOf(options.seed + at, 0);
    return { ...shared, ...TWICE_SIZE, seed, calm: options.calm || calm };
  });
  const told = { seeds: 0, same: 0, steps: 0, caseDays: 0, violations: 0 };
  await liveTwice(tasks, ({ seed, lives, same }) => {
    const [{ hash, steps, caseDays, violations }, other] = lives;
    told.seeds += 1;
    told.same += same ? 1 : 0;
    told.steps += steps + other.steps;
    told.caseDays += caseDays + other.caseDays;
    told.violations += violations.length;
    if (!same) say(`✗ seed ${seed}: ${hash}, and under load ${other.hash}`);
    for (const { law, what } of violations) say(`✗ seed ${seed}: ${law}: ${what}`);
  });
  const { same, steps, caseDays, violations } = told;
  say(
    `${same} of ${told.seeds} seeds gave the same history twice · ${Math.round(caseDays)} case-days · ${steps} steps · ${violations} violations`,
  );
  if (options.json) process.stdout.write(`${JSON.stringify(told)}\n`);
  return same === seeds && violations === 0 ? 0 : 1;
}

/** Lives through one world again; what it breaks is made as short as it can be. */
async function replay(options: Options, seed: number): Promise<number> {
  const { bundle, nextBundle, deployed } = await prepare(options);
  const { calm, ...size } = worldOf(seed, options.caseDays);
  const simulation = {
    ...size,
    calm: options.calm || calm === true,
    deployed,
    code: await loadDesk(bundle),
    ...(nextBundle !== undefined && { nextCode: await loadDesk(nextBundle) }),
    without: options.without,
    ...(options.only !== undefined && { only: options.only }),
    untilViolation: true,
  };
  const lived = await simulate(simulation);
  const [first] = lived.violations;
  if (first === undefined) {
    say(`Nothing was violated: ${lived.cases} cases, ${lived.steps} steps, hash ${lived.hash}`);
    return 0;
  }
  say(`seed ${seed}, ${new Date(first.at).toISOString()}: ${first.law}: ${first.what}`);
  const shrunk = await shrink(simulation, lived, say);
  const { only, without = new Set<string>(), calm: stillCalm = false } = shrunk.simulation;
  const line = replayLine({ seed, calm: stillCalm, only, without, mutant: options.mutant });
  say(`Shortest history found (${shrunk.runs} runs): ${shrunk.lived.steps} steps`);
  for (const { id, customer, channel, steps } of shrunk.lived.stories) {
    if (only !== undefined && !only.has(id)) continue;
    const kept = steps.filter((step) => only?.get(id)?.has(step.id) ?? true);
    const told = kept.map(({ operation, at }) => `${new Date(at).toISOString()} ${operation}`);
    say(`  story ${id} (${customer.name}, ${channel}): ${told.join(", ")}`);
  }
  say(`${shrunk.lived.violations[0]?.law}: ${shrunk.lived.violations[0]?.what}`);
  say(`${line} --case-days ${options.caseDays}`);
  return 1;
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes("--help")) {
    say(USAGE);
    return 0;
  }
  const options = readOptions(args);
  if (options.mutants) return judgeMutants(options.mutant?.split(",").map(mutantOf) ?? MUTANTS, options, say);
  if (options.determinism !== undefined) return repeat(options, options.determinism);
  if (options.replay) return replay(options, options.seed);

  const total = await run(options);
  if (options.json) process.stdout.write(`${JSON.stringify({ ...total, stepsASecond: stepsASecond(total) })}\n`);
  const [first] = total.violations;
  if (first === undefined) return options.mutant === undefined ? 0 : 1;
  if (options.mutant !== undefined) return 0;
  if (options.json) return 1;
  say(`seed ${first.seed}, ${first.at}: ${first.law}: ${first.what}`);
  await replay(options, first.seed);
  return 1;
}

process.exitCode = await main(process.argv.slice(2));

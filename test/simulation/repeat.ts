import { bundleBoth } from "./code/mutated-desk.ts";
import { liveTwice, TWICE_SIZE, type Twice } from "./determinism.ts";
import type { Options } from "./options.ts";
import { secondsSince, whileTelling } from "./progress.ts";
import { historyOf, replayLine, twiceLine, violationsTold } from "./replay-line.ts";
import type { Teller } from "./teller.ts";
import { synthesise } from "./world/deployed.ts";
import { type World, type WorldTask, worldAskedFor } from "./worlds.ts";

/** Whether each seed gives one history, whoever lives through it and whatever else the machine does; the exit code. */
export async function repeat(options: Options, { say, result }: Teller): Promise<number> {
  const { mutant, without } = options;
  const { bundle, nextBundle } = await bundleBoth(mutant?.patches);
  const shared = { bundle, nextBundle, deployed: synthesise(), untilViolation: false, without: [...without] };
  const tasks = Array.from({ length: options.determinism }, (_, at): WorldTask => {
    return { ...shared, ...worldOf(options.seed + at, options) };
  });
  const told = { seeds: 0, same: 0, steps: 0, caseDays: 0, violations: [] as object[], different: [] as object[] };
  const howFar = () =>
    `${told.same} of ${told.seeds} seeds gave the same history twice · ${Math.round(told.caseDays)} case-days · ${told.steps} steps · ${told.violations.length} violations`;
  const startedMs = performance.now();
  const tellProgress = () => {
    if (!options.json) say(`${secondsSince(startedMs)} s · of ${tasks.length} · ${howFar()}`);
  };
  const onTwice = ({ task, lives, same }: Twice) => {
    const { seed } = task;
    const history = historyOf(task, options);
    const [{ hash, steps, caseDays, violations }, other] = lives;
    told.seeds += 1;
    told.same += same ? 1 : 0;
    told.steps += steps + other.steps;
    told.caseDays += caseDays + other.caseDays;
    if (!same) {
      const again = twiceLine(history);
      say(`✗ seed ${seed}: ${hash}, and under load ${other.hash}\n  ${again}`);
      told.different.push({ seed, hashes: [hash, other.hash], replay: again });
    }
    if (violations.length > 0) say(violationsTold(violations, history));
    told.violations.push(...violations.map((one) => ({ seed, ...one, replay: replayLine(history) })));
  };
  await whileTelling(tellProgress, () => liveTwice(tasks, onTwice));
  say(howFar());
  if (options.json) result(told);
  return told.same === told.seeds && told.violations.length === 0 ? 0 : 1;
}

/** Small ones, unless their size was asked for: what matters is how many there are. */
function worldOf(seed: number, options: Options): World {
  const world = worldAskedFor(seed, options);
  return options.size === undefined ? { ...world, ...TWICE_SIZE } : world;
}

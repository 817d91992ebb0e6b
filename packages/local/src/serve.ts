import { watchTable } from "./change-watch.ts";
import { type Desk, startDesk } from "./desk.ts";
import { type Keeper, startKeeper } from "./keeper.ts";
import { holdOutbound, keepData, TRANSFER_TIMEOUT_SECONDS } from "./kept-data.ts";
import { endOfLog } from "./log-end.ts";
import type { StartOptions } from "./options.ts";
import { runSample } from "./sample.ts";
import { createSteps, StepFailed } from "./steps.ts";
import { clientOf, findTrialCase, type TrialCase } from "./trial-case.ts";
import { untilInterrupted } from "./until-interrupted.ts";
import { welcome } from "./welcome.ts";

/** What starting and ending a desk is made of. */
const PARTS = { startDesk, untilInterrupted, watchTable, runSample, findTrialCase };
export type ServeParts = typeof PARTS;

/** Runs a desk until somebody ends it, and keeps its data for the next start. */
export async function serve(
  options: StartOptions,
  write: (line: string) => void,
  parts: ServeParts = PARTS,
): Promise<void> {
  const interrupted = parts.untilInterrupted();
  const { dataDir, fresh, port } = options;
  const starting = parts.startDesk({ dataDir, fresh, ...(port === undefined ? {} : { port }), write });
  const desk = await Promise.race([starting, interrupted]);
  // What is half started holds nothing to keep; it ends with this process.
  if (!desk) return write("stopped before it was up");

  try {
    const keeper = await keepDataOf(desk, parts, write);
    const ended = Promise.race([interrupted, untilCloudEnds(desk)]);
    const wanted = options.sample && !desk.restored;
    const greeted = greet(desk, wanted ? parts.runSample(desk, write) : findSome(desk, parts), write);
    await Promise.race([greeted, ended]);
    await ended;
    const limit = TRANSFER_TIMEOUT_SECONDS * 3;
    await createSteps(write).run("keeping the data for the next start", limit, async () => {
      // What went out after it would go out again at the next start.
      await holdOutbound(desk.cli);
      await keeper.finish();
    });
  } finally {
    await desk.stop();
    write("stopped");
  }
}

/** Never resolves. Throws when the local cloud ends although nobody asked it to. */
async function untilCloudEnds({ cloud }: Desk): Promise<never> {
  await cloud.process.ended;
  throw new StepFailed("running the local cloud", `it ended by itself:\n${endOfLog(cloud.logFile)}`);
}

async function keepDataOf(
  desk: Desk,
  { watchTable: watched }: ServeParts,
  write: (line: string) => void,
): Promise<Keeper> {
  const watch = await watched(desk.endpoint, desk.stack.tableName);
  return startKeeper({ watch, keep: () => keepData(desk.cli, desk.dataDir), tell: write });
}

/** Says where everything is, when there is a case to try things on, or when it is known that there is none. */
async function greet(desk: Desk, trial: Promise<TrialCase | undefined>, write: (line: string) => void): Promise<void> {
  write(welcome(desk, process.cwd(), await trial));
}

/** A case of the last start, if it had one. A desk is as open without knowing it. */
async function findSome(desk: Desk, parts: ServeParts): Promise<TrialCase | undefined> {
  return await parts.findTrialCase(desk, (username) => clientOf(desk, username)).catch(() => undefined);
}

import { Worker } from "node:worker_threads";
import type { WorkerAnswer, WorldResult } from "./worker.ts";
import { WorldBroke } from "./world-broke.ts";
import type { WorldTask } from "./worlds.ts";

type NextWorld = () => WorldTask | undefined | Promise<WorldTask | undefined>;
type OnResult = (result: WorldResult, task: WorldTask) => void;
type SoFar = Extract<WorkerAnswer, { soFar: unknown }>["soFar"];

/** Most of what a step makes is gone after it: with more room less of it is looked at again. */
const maxYoungGenerationSizeMb = 64;

/**
 * Lives through worlds on several threads, in no order. `next` gives one more world, or undefined when there are enough;
 * `onResult` is told of each, and `onDay` how far one is. Rejects with WorldBroke when one comes to no end.
 */
export async function runWorlds(
  workers: number,
  next: NextWorld,
  onResult: OnResult,
  onDay: (seed: number, soFar: SoFar) => void = () => undefined,
): Promise<void> {
  await Promise.all(Array.from({ length: workers }, () => work(next, onResult, onDay)));
}

async function work(next: NextWorld, onResult: OnResult, onDay: (seed: number, soFar: SoFar) => void): Promise<void> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { resourceLimits: { maxYoungGenerationSizeMb } });
  try {
    for (let task = await next(); task !== undefined; task = await next()) {
      const { seed } = task;
      onResult(await give(worker, task, (soFar) => onDay(seed, soFar)), task);
    }
  } finally {
    await worker.terminate();
  }
}

function give(worker: Worker, task: WorldTask, onDay: (soFar: SoFar) => void): Promise<WorldResult> {
  return new Promise((resolve, reject) => {
    const end = () => worker.off("error", failed).off("message", told);
    const failed = (error: Error) => {
      end();
      reject(error);
    };
    const told = (answer: WorkerAnswer) => {
      if ("soFar" in answer) return onDay(answer.soFar);
      end();
      if ("result" in answer) resolve(answer.result);
      else reject(new WorldBroke(task, answer.error));
    };
    worker.on("error", failed).on("message", told);
    worker.postMessage(task);
  });
}

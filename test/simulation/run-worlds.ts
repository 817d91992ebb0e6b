import { Worker } from "node:worker_threads";
import type { WorldResult } from "./worker.ts";
import type { WorldTask } from "./worlds.ts";

type NextWorld = () => WorldTask | undefined | Promise<WorldTask | undefined>;
type Answer = { readonly result: WorldResult } | { readonly error: string };

/**
 * Lives through worlds on several threads, in no order. `next` gives one more world, or undefined when there are enough;
 * `onResult` is told of each.
 */
export async function runWorlds(
  workers: number,
  next: NextWorld,
  onResult: (result: WorldResult) => void,
): Promise<void> {
  await Promise.all(Array.from({ length: workers }, () => work(next, onResult)));
}

async function work(next: NextWorld, onResult: (result: WorldResult) => void): Promise<void> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url));
  try {
    for (let task = await next(); task !== undefined; task = await next()) onResult(await give(worker, task));
  } finally {
    await worker.terminate();
  }
}

function give(worker: Worker, task: WorldTask): Promise<WorldResult> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(error);
    worker.once("error", failed);
    worker.once("message", (answer: Answer) => {
      worker.off("error", failed);
      if ("result" in answer) resolve(answer.result);
      else reject(new Error(`the world of seed ${task.seed} broke: ${answer.error}`));
    });
    worker.postMessage(task);
  });
}

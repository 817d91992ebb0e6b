import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { ApartAnswer, ApartTask, LivedApart } from "./live-apart.ts";
import { WorldBroke } from "./world-broke.ts";
import type { WorldTask } from "./worlds.ts";

/** One world, lived through in two processes, the second of them under load. */
export interface Twice {
  readonly task: WorldTask;
  readonly lives: readonly [LivedApart, LivedApart];
  readonly same: boolean;
}

/** A world for this: small, for what matters is how many there are. */
export const TWICE_SIZE = { days: 1, stories: 10 } as const;

/** Lives through each world twice, in two processes that know nothing of each other; `onTwice` is told of each. */
export async function liveTwice(tasks: readonly WorldTask[], onTwice: (twice: Twice) => void): Promise<void> {
  const [quiet, loaded] = [processApart(), processApart()];
  try {
    for (const task of tasks) {
      const lives = await Promise.all([
        give(quiet, { task, underLoad: false }),
        give(loaded, { task, underLoad: true }),
      ]);
      onTwice({ task, lives, same: lives[0].hash === lives[1].hash });
    }
  } finally {
    for (const one of [quiet, loaded]) one.kill();
  }
}

function processApart(): ChildProcess {
  return fork(new URL("./live-apart.ts", import.meta.url), { serialization: "advanced" });
}

async function give(apart: ChildProcess, told: ApartTask): Promise<LivedApart> {
  const ended = new AbortController();
  const answered = once(apart, "message", { signal: ended.signal });
  const exited = once(apart, "exit", { signal: ended.signal }).then(([code]) => {
    throw new WorldBroke(told.task, `the process that lived through it ended with ${code}`);
  });
  exited.catch(() => undefined);
  apart.send(told);
  try {
    const [answer] = (await Promise.race([answered, exited])) as [ApartAnswer];
    if ("error" in answer) throw new WorldBroke(told.task, answer.error);
    return answer.lived;
  } finally {
    ended.abort();
  }
}

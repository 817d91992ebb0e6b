import { constants, setPriority } from "node:os";
import { Worker } from "node:worker_threads";
import { liveThrough } from "./worker.ts";
import type { WorldTask } from "./worlds.ts";

/** What a process that lives through worlds apart from others is told. */
export interface ApartTask {
  readonly task: WorldTask;
  /** Whether something else computes beside it, and everybody else goes first. */
  readonly underLoad: boolean;
}

/** Of a world that was lived through apart. */
export interface LivedApart {
  readonly hash: string;
  readonly caseDays: number;
  readonly steps: number;
  readonly violations: readonly { readonly law: string; readonly what: string }[];
}

export type ApartAnswer = { readonly lived: LivedApart } | { readonly error: string };

/** Computes and rests by turns, for as long as the process lives. */
const LOAD = "setInterval(() => { for (const until = Date.now() + 10; Date.now() < until; ); }, 40);";
let loaded = false;

function load(): void {
  if (loaded) return;
  loaded = true;
  setPriority(constants.priority.PRIORITY_LOW);
  new Worker(LOAD, { eval: true }).unref();
}

async function answerTo({ task, underLoad }: ApartTask): Promise<ApartAnswer> {
  try {
    if (underLoad) load();
    const { hash, caseDays, steps, violations } = await liveThrough(task);
    return { lived: { hash, caseDays, steps, violations } };
  } catch (error) {
    return { error: error instanceof Error ? String(error.stack) : String(error) };
  }
}

process.on("message", (told: ApartTask) => {
  void answerTo(told).then((answer) => process.send?.(answer));
});

// Nobody is left to live for.
process.on("disconnect", () => process.exit());

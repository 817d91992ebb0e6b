import { parentPort } from "node:worker_threads";
import { loadDesk } from "./code/bundle-desk.ts";
import type { DeskCode } from "./code/surroundings.ts";
import { type Growing, type Lived, type Simulation, simulate } from "./simulate.ts";
import type { WorldTask } from "./worlds.ts";

/** What a worker gives of a world: its stories stay with it. */
export type WorldResult = Omit<Lived, "stories">;

/** What a worker tells: how far it is, at the end what came of the world, or why it broke. */
export type WorkerAnswer =
  | { readonly soFar: Pick<Lived, Growing> }
  | { readonly result: WorldResult }
  | { readonly error: string };

/** Faults are thrown by the hundred thousand, and nobody reads where from: finding it out took 4 to 11 % of the time. */
const STACK_LINES = 2;

const loaded = new Map<string, Promise<DeskCode>>();

function codeOf(bundle: string): Promise<DeskCode> {
  const known = loaded.get(bundle) ?? loadDesk(bundle);
  loaded.set(bundle, known);
  return known;
}

/** Lives through one world. */
export async function liveThrough(task: WorldTask, onDay?: Simulation["onDay"]): Promise<Lived> {
  const { bundle, nextBundle, without, ...world } = task;
  const code = await codeOf(bundle);
  const nextCode = nextBundle === undefined ? undefined : await codeOf(nextBundle);
  return simulate({
    ...world,
    code,
    ...(nextCode !== undefined && { nextCode }),
    without: new Set(without),
    ...(onDay && { onDay }),
  });
}

function tell(answer: WorkerAnswer): void {
  parentPort?.postMessage(answer);
}

if (parentPort !== null) Error.stackTraceLimit = STACK_LINES;

parentPort?.on("message", (task: WorldTask) => {
  liveThrough(task, (soFar) => tell({ soFar })).then(
    ({ stories: _, ...result }) => tell({ result }),
    (error: unknown) => tell({ error: error instanceof Error ? String(error.stack) : String(error) }),
  );
});

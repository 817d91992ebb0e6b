import { parentPort } from "node:worker_threads";
import { loadDesk } from "./code/bundle-desk.ts";
import type { DeskCode } from "./code/surroundings.ts";
import { type Lived, simulate } from "./simulate.ts";
import type { WorldTask } from "./worlds.ts";

/** What a worker gives of a world: its stories stay with it. */
export type WorldResult = Omit<Lived, "stories">;

const loaded = new Map<string, Promise<DeskCode>>();

function codeOf(bundle: string): Promise<DeskCode> {
  const known = loaded.get(bundle) ?? loadDesk(bundle);
  loaded.set(bundle, known);
  return known;
}

/** Lives through one world. */
export async function liveThrough(task: WorldTask): Promise<Lived> {
  const { bundle, nextBundle, without, ...world } = task;
  const code = await codeOf(bundle);
  const nextCode = nextBundle === undefined ? undefined : await codeOf(nextBundle);
  return simulate({ ...world, code, ...(nextCode !== undefined && { nextCode }), without: new Set(without) });
}

parentPort?.on("message", (task: WorldTask) => {
  liveThrough(task).then(
    ({ stories: _, ...result }) => parentPort?.postMessage({ result }),
    (error: unknown) => parentPort?.postMessage({ error: error instanceof Error ? error.stack : String(error) }),
  );
});

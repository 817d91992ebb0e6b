import type { Rules } from "@ithaca/store";
import type { OpsDesk } from "../ops/open-desk.ts";
import type { World } from "../world.ts";

/** A stack's desk. What talks to AWS takes a while to load: the commands of agents do not wait for it. */
export async function deskOf(world: World, stack: string): Promise<OpsDesk> {
  const { openDesk } = await import("../ops/open-desk.ts");
  return openDesk(world, stack);
}

/** The rules of a stack's desk. */
export async function rulesOf(world: World, stack: string): Promise<Rules> {
  return (await deskOf(world, stack)).store.rules;
}

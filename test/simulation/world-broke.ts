import { ENDLESS } from "./world/agenda.ts";
import type { World } from "./worlds.ts";

/** A world came to no end: code that runs on for ever, or a mistake of the simulation's own. */
export class WorldBroke extends Error {
  override readonly name = "WorldBroke";
  readonly world: World;

  constructor(world: World, why: string) {
    super(`the world of seed ${world.seed} broke: ${why}`);
    this.world = world;
  }

  /** Whether it was the code under test that never came to an end. */
  get isEndless(): boolean {
    return this.message.includes(ENDLESS);
  }
}

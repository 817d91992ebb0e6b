import type { Patch } from "../code/patch.ts";

/** A seeded fault: what the code would do if somebody had made this mistake. The simulation must catch each. */
export interface Mutant {
  /** Its noun, then what is wrong. */
  readonly id: string;
  readonly patches: readonly Patch[];
}

/** A mutant of one place. */
export function mutant(id: string, file: string, find: string, replace: string): Mutant {
  return { id, patches: [{ file, find, replace }] };
}

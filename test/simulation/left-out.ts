import { FAULT_NAMES } from "./world/faults.ts";

/** What those do who run the desk: edits of the rules, and restores. */
export const UPKEEP = "upkeep";

/** All that a world can be lived through without: each kind of faults, and upkeep. */
export const LEFT_OUT_NAMES: readonly string[] = [...FAULT_NAMES, UPKEEP];

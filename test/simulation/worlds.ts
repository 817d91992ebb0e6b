import type { Deployed } from "./world/deployed.ts";

/** One world, as a worker is told of it. */
export interface WorldTask {
  readonly seed: number;
  readonly days: number;
  readonly stories: number;
  readonly calm: boolean;
  readonly bundle: string;
  readonly nextBundle: string | undefined;
  readonly deployed: Deployed;
  readonly untilViolation: boolean;
  readonly without: readonly string[];
}

/** What a story comes to, measured over many: some are settled within hours, some never. */
export const CASE_DAYS_A_STORY = 10;
const STORIES_MAX = 1_000;
const DAYS_MAX = 21;
const DAYS_MIN = 3;
const STORIES_A_DAY = 40;
/** Each tenth world is one in which nothing goes wrong: there nothing may be late or done twice. */
const CALM_EACH = 10;

/** The size of the world of a seed, and whether it is a calm one: the same for the same seed and whole. */
export function worldOf(seed: number, caseDays: number): Pick<WorldTask, "seed" | "days" | "stories" | "calm"> {
  const stories = Math.max(10, Math.min(STORIES_MAX, Math.ceil(caseDays / CASE_DAYS_A_STORY)));
  const days = Math.max(DAYS_MIN, Math.min(DAYS_MAX, Math.ceil(stories / STORIES_A_DAY)));
  return { seed, days, stories, calm: seed % CALM_EACH === 0 };
}

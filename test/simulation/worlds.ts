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
/**
 * In a dense world many cases share what runs by the clock, and most case-days are lived there; in a small one faults come
 * close together, and what breaks is soon made short; a long one has a holiday or a change of clocks in most of its months.
 */
const DENSE = { stories: 2_500, days: 7 };
const SMALL = { stories: 100, days: 3 };
const LONG = { stories: 1_000, days: 21 };
/** The kinds of worlds by turns. */
const KINDS = [DENSE, SMALL, DENSE, LONG, DENSE];
const STORIES_MIN = 10;
const DAYS_MIN = 3;
/** A run of few case-days is one world of few days. */
const STORIES_A_DAY = 40;
/** Each tenth world is one in which nothing goes wrong: there nothing may be late or done twice. */
const CALM_EACH = 10;

/** The size of the world of a seed, and whether it is a calm one: the same for the same seed and whole. */
export function worldOf(seed: number, caseDays: number): Pick<WorldTask, "seed" | "days" | "stories" | "calm"> {
  // Calm ones are of each kind too.
  const kind = KINDS[(seed + Math.floor(seed / CALM_EACH)) % KINDS.length] ?? SMALL;
  const stories = Math.max(STORIES_MIN, Math.min(kind.stories, Math.ceil(caseDays / CASE_DAYS_A_STORY)));
  const days = Math.max(DAYS_MIN, Math.min(kind.days, Math.ceil(stories / STORIES_A_DAY)));
  return { seed, days, stories, calm: seed % CALM_EACH === 0 };
}

import type { Deployed } from "./world/deployed.ts";

/** How long customers come, and how many. */
export interface WorldSize {
  readonly days: number;
  readonly stories: number;
}

/** What a history follows from, together with the code. */
export interface World extends WorldSize {
  readonly seed: number;
  /** Nothing goes wrong. */
  readonly calm: boolean;
  /** Some kinds of faults are frequent: which ones follows from the seed. */
  readonly stormy?: boolean;
}

/** One world, as a worker is told of it. */
export interface WorldTask extends World {
  readonly bundle: string;
  readonly nextBundle: string | undefined;
  readonly deployed: Deployed;
  readonly untilViolation: boolean;
  readonly without: readonly string[];
}

/**
 * A long world has holidays and a change of clocks, its cases wait for releases, and most case-days are lived there; in a
 * dense one many cases share what runs by the clock; in a small one faults come close together, and what breaks is soon
 * made short.
 */
const LONG = { stories: 1_500, days: 56 };
const DENSE = { stories: 600, days: 7 };
const SMALL = { stories: 100, days: 3 };
/** The kinds of worlds by turns. */
const KINDS = [LONG, DENSE, LONG, SMALL, LONG];
const STORIES_MIN = 10;
const DAYS_MIN = 3;
/** A run of few case-days is worlds of few stories and few days. */
const CASE_DAYS_A_STORY = 10;
const STORIES_A_DAY = 25;
/** What a story comes to, measured over many: some are settled within hours, some wait until the end. */
const FIRST_CASE_DAYS = 4;
const MOST_CASE_DAYS = 45;
/** Each tenth world is one in which nothing goes wrong: there nothing may be late or done twice. */
const CALM_EACH = 10;

/** About how many case-days are lived in a world. */
export function expectedCaseDays({ stories, days }: WorldSize): number {
  return stories * Math.min(MOST_CASE_DAYS, FIRST_CASE_DAYS + days);
}

/** The size of the world of a seed, and whether it is a calm one: the same for the same seed and whole. */
export function worldOf(seed: number, caseDays: number): World {
  // Calm ones are of each kind too.
  const kind = KINDS[(seed + Math.floor(seed / CALM_EACH)) % KINDS.length] ?? SMALL;
  const stories = Math.max(STORIES_MIN, Math.min(kind.stories, Math.ceil(caseDays / CASE_DAYS_A_STORY)));
  const days = Math.max(DAYS_MIN, Math.min(kind.days, Math.ceil(stories / STORIES_A_DAY)));
  return { seed, days, stories, calm: seed % CALM_EACH === 0 };
}

/** The world that was asked for: of just that size or of a run of so many case-days; a calm one has no storm. */
export function worldAskedFor(
  seed: number,
  { size, caseDays, ...asked }: { size: WorldSize | undefined; caseDays: number; calm: boolean; stormy: boolean },
): World {
  const world = size === undefined ? worldOf(seed, caseDays) : { seed, ...size, calm: false };
  const calm = asked.calm || world.calm;
  return { ...world, calm, ...(asked.stormy && !calm && { stormy: true }) };
}

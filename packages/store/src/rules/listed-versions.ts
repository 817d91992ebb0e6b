import type { RuleTimeline } from "../ports/rules.ts";
import type { RulesFault } from "./shipped-rules.ts";

type ListedPolicy = RuleTimeline["policy"][number];
type ListedCalendar = RuleTimeline["calendars"][string][number];

/** The most versions of the policy that a timeline lists beside those that moved clocks; the history tells of those before. */
export const POLICIES_LISTED_MAX = 200;

/**
 * The most versions of the policy that can move unfinished clocks: one a week for nearly ten years. Each stays listed, for
 * the dues of whatever ran then rest on it for ever.
 */
export const MOVES_MAX = 500;

/**
 * The most versions of a calendar that a timeline lists: one a working day for more than seven years, 100 KB. A clock
 * that started before the oldest of them goes by that one from then on.
 */
const CALENDARS_LISTED_MAX = 2_000;

/** Why another version that moves what is unfinished is refused. */
export const MOVED_TOO_OFTEN: RulesFault = {
  path: "/movesUnfinished",
  problem: `${MOVES_MAX} versions have moved unfinished clocks, and there is no room for another`,
  remedy: "apply it without moving what is unfinished",
};

/** Whether a timeline has no room for another version that moves what is unfinished. */
export function hasMovedTooOften({ policy }: RuleTimeline): boolean {
  return policy.filter(isMove).length >= MOVES_MAX;
}

/** The versions of the policy with one more: of too many, the oldest that moved nothing is left out. */
export function policiesWith(listed: readonly ListedPolicy[], added: ListedPolicy): ListedPolicy[] {
  const all = [...listed, added];
  const others = new Set(all.filter((one) => !isMove(one)).slice(-POLICIES_LISTED_MAX));
  return all.filter((one) => isMove(one) || others.has(one));
}

/** The versions of a calendar with one more: of too many, the oldest is left out. */
export function calendarsWith(listed: readonly ListedCalendar[], added: ListedCalendar): ListedCalendar[] {
  return [...listed, added].slice(-CALENDARS_LISTED_MAX);
}

function isMove({ movesUnfinished }: ListedPolicy): boolean {
  return movesUnfinished === true;
}

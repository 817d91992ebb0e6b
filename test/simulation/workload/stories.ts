import { DAY_MS, HOUR_MS } from "@ithaca/domain";
import { type Chance, chanceOf } from "../world/chance.ts";
import type { Cast } from "./cast.ts";
import type { Step, Story } from "./operation.ts";
import { BESIDE, CHOSEN } from "./operations.ts";

const CHANNELS = ["portal", "chat", "email", "email", "phone", "scheduled-call", "emergency-line"];
const PRIORITIES = ["critical", "high", "medium", "medium", "low", undefined];
const STRANGER_SHARE = 0.12;
const STEPS_MAX = 5;
/** Some matters are settled within the day, most within a week, some take long. */
const LASTS_DAYS = [1, 2, 4, 6, 9, 14];
/** In a world of many weeks some wait for a release that is weeks away. */
const LASTS_LONG_DAYS = [...LASTS_DAYS, 30, 45, 60];
const MANY_WEEKS_MS = 28 * DAY_MS;
/** In so many stories once somebody asks what other rules would do: it looks at all cases. */
const PREVIEW_EACH = 500;
const WRITES_AGAIN_DAYS = [0.2, 2, 18];
/** Steps that are drawn apart are numbered from here on. */
const BESIDE_FROM = 20;

/** What customers and agents do: each story from its own chance, so that one can be left out without moving another. */
export function storiesOf(
  seed: number,
  cast: Cast,
  plan: { stories: number; startsAt: number; opensUntil: number },
): Story[] {
  return Array.from({ length: plan.stories }, (_, id) => storyOf(seed, id, cast, plan));
}

function storyOf(seed: number, id: number, cast: Cast, plan: { startsAt: number; opensUntil: number }): Story {
  const chance = chanceOf(seed, "story", id);
  const isStranger = chance.happens(STRANGER_SHARE);
  const customer = chance.pick(isStranger ? cast.strangers : cast.customers);
  const channel = isStranger ? chance.pick(["email", "phone", "chat"]) : chance.pick(CHANNELS);
  const opensAt = plan.startsAt + Math.floor(chance.next() * (plan.opensUntil - plan.startsAt));
  const isLong = plan.opensUntil - plan.startsAt >= MANY_WEEKS_MS;
  const lasts = chance.pick(isLong ? LASTS_LONG_DAYS : LASTS_DAYS) * DAY_MS;
  const priority = chance.pick(PRIORITIES);

  const steps: Step[] = [{ id: 0, operation: "open-case", at: opensAt }];
  const count = chance.between(0, STEPS_MAX);
  for (let at = 1; at <= count; at += 1) {
    const operation = chance.pick(CHOSEN).name;
    const soon = chance.happens(0.5);
    steps.push({ id: at, operation, at: opensAt + Math.floor(chance.next() * (soon ? 8 * HOUR_MS : lasts)) });
  }
  if (chance.happens(0.85)) steps.push({ id: count + 1, operation: "resolve", at: opensAt + lasts });
  // Some are not content with how it ended; the answer is a matter of hours or of days, or too late to reopen the case.
  if (chance.happens(0.25)) {
    const restMs = Math.floor(chance.next() * chance.pick(WRITES_AGAIN_DAYS) * DAY_MS);
    steps.push({ id: count + 2, operation: "follow-up", at: opensAt + lasts + restMs });
  }
  if (id % PREVIEW_EACH === 0) steps.push({ id: count + 3, operation: "preview", at: opensAt + DAY_MS });
  steps.push(...stepsBeside((name) => chanceOf(seed, "story", id, name), opensAt, lasts));
  return { id, customer, channel, priority, steps, sent: 0 };
}

/** What is done in some stories beside all else. */
function stepsBeside(chanceFor: (name: string) => Chance, opensAt: number, lasts: number): Step[] {
  return BESIDE.flatMap(({ name, share, withinMs = lasts }, place) => {
    const chance = chanceFor(name);
    if (!chance.happens(share)) return [];
    return [{ id: BESIDE_FROM + place, operation: name, at: opensAt + Math.floor(chance.next() * withinMs) }];
  });
}

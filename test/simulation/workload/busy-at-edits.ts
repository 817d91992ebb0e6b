import { HOUR_MS, MINUTE_MS } from "@ithaca/domain";
import { type Chance, chanceOf } from "../world/chance.ts";
import type { Step, Story } from "./operation.ts";

/** What agents do just then. Each is done by a process of its own, which knows the rules from before the edit. */
const DONE = ["note", "take", "describe", "prioritise"];
/** How long before an edit of the rules, at most. */
const BEFORE_MS = 3 * MINUTE_MS;
/** How long after it, and how often: by then the sweep has looked once, and looks again later. */
const AFTER_MS = [4 * MINUTE_MS, 10 * MINUTE_MS] as const;
const TIMES_AFTER = 6;
const STEPS_AN_EDIT = DONE.length * (1 + TIMES_AFTER);
/** Their numbers are no other step's. */
const FIRST_STEP = 1_000;

/**
 * Agents are busy when the rules change: what they do on some cases comes shortly before, on others shortly after. Each edit
 * draws from a chance of its own, and so no story is moved by it.
 */
export function busyAtEdits(seed: number, stories: readonly Story[], edits: readonly number[]): Story[] {
  const added = new Map<number, Step[]>();
  for (const [index, editAt] of edits.entries()) {
    const chance = chanceOf(seed, "busy-at-edit", index);
    const open = stories.filter((story) => isOpenAround(story, editAt));
    if (open.length === 0) continue;
    for (const [place, { operation, at }] of doneAround(editAt, chance).entries()) {
      const { id } = chance.pick(open);
      const step = { id: FIRST_STEP + index * STEPS_AN_EDIT + place, operation, at };
      added.set(id, [...(added.get(id) ?? []), step]);
    }
  }
  return stories.map((story) => ({ ...story, steps: [...story.steps, ...(added.get(story.id) ?? [])] }));
}

function doneAround(editAt: number, chance: Chance): Omit<Step, "id">[] {
  return DONE.flatMap((operation) => [
    { operation, at: editAt - chance.between(0, BEFORE_MS) },
    ...Array.from({ length: TIMES_AFTER }, () => ({ operation, at: editAt + chance.between(...AFTER_MS) })),
  ]);
}

function isOpenAround({ steps }: Story, at: number): boolean {
  const opensAt = steps[0]?.at ?? Number.POSITIVE_INFINITY;
  const resolvedAt = steps.find(({ operation }) => operation === "resolve")?.at ?? Number.POSITIVE_INFINITY;
  return opensAt < at - HOUR_MS && resolvedAt > at + HOUR_MS;
}

import { HOUR_MS } from "@ithaca/domain";
import { type Chance, chanceOf } from "../world/chance.ts";

/** Something that those who run the desk do to it, with a chance of its own. */
export interface Deed {
  readonly kind: "edit" | "restore";
  readonly at: number;
  readonly chance: Chance;
}

const RESTORES = 0.2;
/** What is begun so long before the calm is over by then. */
const LAST_MS = 12 * HOUR_MS;

/** Edits of calendars and of the policy, and restores: about one of them a day, as long as things go wrong. */
export function plannedUpkeep(seed: number, { startsAt, calmFrom }: { startsAt: number; calmFrom: number }): Deed[] {
  const deeds: Deed[] = [];
  const chance = chanceOf(seed, "upkeep");
  for (
    let at = startsAt + chance.between(2, 24) * HOUR_MS;
    at < calmFrom - LAST_MS;
    at += chance.between(6, 42) * HOUR_MS
  ) {
    const kind = chance.happens(RESTORES) ? "restore" : "edit";
    deeds.push({ kind, at, chance: chanceOf(seed, "upkeep", deeds.length) });
  }
  return deeds;
}

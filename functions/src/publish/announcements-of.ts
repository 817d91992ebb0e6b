import { announceEffect, announceFact, type EventEntry } from "@ithaca/contracts";
import { effectOf, factsOf, type Item, isEffectItem, isFactsItem, isKnownFactType } from "@ithaca/store";

/**
 * What the bus is told of a new item: each fact of an append, or an effect that is owed. Only items that carry the mark
 * are announced, which those of an import do not. What only newer code knows is left to newer code. Throws when the item
 * is not as it should be.
 */
export function announcementsOf(item: Item): EventEntry[] {
  if (item.announce !== true) return [];
  if (isFactsItem(item)) {
    const { caseId, version, facts } = factsOf(item);
    return facts.flatMap((fact, index) =>
      isKnownFactType(fact.type) ? [announceFact(caseId, version, index, fact)] : [],
    );
  }
  if (isEffectItem(item)) {
    const effect = effectOf(item);
    return effect === undefined ? [] : [announceEffect(effect)];
  }
  throw new Error(`an item is to be announced that holds neither facts nor an effect: ${item.pk} ${item.sk}`);
}

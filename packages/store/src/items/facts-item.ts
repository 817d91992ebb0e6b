import { Actor, Fact, type FactType, Instant } from "@ithaca/domain";
import * as z from "zod/mini";
import { factsKey, openedPlace } from "../keys.ts";
import type { RecordedFacts } from "../ports/cases.ts";
import type { Item } from "../table/table.ts";

/** A fact that newer code wrote: what every fact says is read, the rest is kept as it is. */
const UnknownFact = z.looseObject({ type: z.string(), at: Instant, by: Actor });

const KNOWN: ReadonlySet<unknown> = new Set<unknown>(
  Fact.def.options.flatMap((option) => [...option.def.shape.type.def.values]),
);

/** The facts of one append as an item. With `announce` the stream publishes them; an import leaves it out. */
export function factsItem(recorded: RecordedFacts, announce: boolean): Item {
  const { caseId, version, at, facts } = recorded;
  return {
    ...factsKey(caseId, version),
    noun: "facts",
    caseId,
    version,
    at: z.encode(Instant, at),
    facts: facts.map((fact) => z.encode(Fact, fact)),
    ...(announce && { announce: true }),
    ...(version === 1 && openedPlace(caseId, at)),
  };
}

/** The facts of an export in their place among the cases of a month, which an export leaves out. */
export function placedFacts(item: Item): Item {
  if (item.version !== 1) return item;
  return { ...item, ...openedPlace(String(item.caseId), z.decode(Instant, String(item.at))) };
}

/** Whether an item holds facts: for readers of the table's stream. */
export function isFactsItem(item: Item): boolean {
  return item.noun === "facts";
}

/** The facts that an item holds; unknown types among them are kept. Throws when a known one is not as it should be. */
export function factsOf(item: Item): RecordedFacts {
  return {
    caseId: String(item.caseId),
    version: Number(item.version),
    at: z.decode(Instant, String(item.at)),
    facts: (item.facts as unknown[]).map(factOf),
  };
}

/** Whether this code knows facts of a type. */
export function isKnownFactType(type: string): type is FactType {
  return KNOWN.has(type);
}

function factOf(stored: unknown): Fact {
  const { type } = z.parse(OfAType, stored);
  if (isKnownFactType(type)) return z.decode(Fact, stored as z.input<typeof Fact>);
  // Whoever reads facts leaves a type alone that it does not know: evolve and the publisher both do.
  return z.decode(UnknownFact, stored as z.input<typeof UnknownFact>) as unknown as Fact;
}

const OfAType = z.object({ type: z.string() });

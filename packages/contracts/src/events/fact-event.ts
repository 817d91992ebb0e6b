import { CaseId, type FactType, Instant } from "@ithaca/domain";
import * as z from "zod/mini";
import { defineEvent, type EventDefinition } from "./define-event.ts";

/** What names a fact: the version of the case that it made, and its place among the facts of that version. */
const place = { version: z.int().check(z.gte(1)), index: z.int().check(z.gte(0)), at: Instant };

type Place = typeof place;

/** The event that announces a fact, and the same pick of its fields as the API shows it. */
export interface FactEvent<Type extends FactType, Shape extends z.core.$ZodShape>
  extends EventDefinition<Type, z.ZodMiniObject<{ caseId: typeof CaseId } & Place & Shape>> {
  /** The fact as `read-case` shows it: the type in the object, without the case's id. */
  readonly recorded: z.ZodMiniObject<{ type: z.ZodMiniLiteral<Type> } & Place & Shape>;
}

/**
 * The event of a fact: the place that names it, and an explicit pick of the fact's fields: ids, codes and instants,
 * never what people wrote (design.md, An event is a hint).
 */
export function defineFactEvent<const Type extends FactType, Shape extends z.core.$ZodShape>(
  type: Type,
  picked: z.ZodMiniObject<Shape>,
): FactEvent<Type, Shape> {
  return {
    ...defineEvent(type, z.object({ caseId: CaseId, ...place, ...picked.shape })),
    recorded: z.object({ type: z.literal(type), ...place, ...picked.shape }),
  };
}

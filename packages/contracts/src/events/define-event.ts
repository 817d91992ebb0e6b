import * as z from "zod/mini";

/** The source of everything that Ithaca puts on the bus. */
export const EVENT_SOURCE = "ithaca";

/** One event as EventBridge's PutEvents takes it, all but the bus. */
export interface EventEntry {
  readonly Source: string;
  readonly DetailType: string;
  /** The detail as JSON. */
  readonly Detail: string;
}

/**
 * One event of the bus: the publisher's entry, the rule's pattern and the consumer's parser from one schema. The
 * exported name is the detail-type.
 */
export interface EventDefinition<Type extends string = string, Detail extends z.ZodMiniType = z.ZodMiniType> {
  readonly type: Type;
  readonly source: typeof EVENT_SOURCE;
  /** Decodes a detail as it arrives; instants become epoch milliseconds. Fields that are not known are left out. */
  readonly detail: Detail;
  readonly pattern: { readonly source: string[]; readonly "detail-type": string[] };
  /** What is published. Only what the schema names goes out. Throws a ZodEncodeError or ZodError for a wrong detail. */
  entry(detail: z.output<Detail>): EventEntry;
}

/** A parsed detail of an event. */
export type DetailOf<Event extends EventDefinition> = z.output<Event["detail"]>;

/** Makes an event of the platform. */
export function defineEvent<const Type extends string, Detail extends z.ZodMiniType>(
  type: Type,
  detail: Detail,
): EventDefinition<Type, Detail> {
  return {
    type,
    source: EVENT_SOURCE,
    detail,
    pattern: { source: [EVENT_SOURCE], "detail-type": [type] },
    entry: (value) => ({
      Source: EVENT_SOURCE,
      DetailType: type,
      Detail: JSON.stringify(z.encode(detail, value)),
    }),
  };
}

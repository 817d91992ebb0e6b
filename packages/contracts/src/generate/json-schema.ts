import * as z from "zod/mini";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A schema as it is on the wire (instants as ISO strings), without what only noises it up. */
export function jsonSchema(schema: z.ZodMiniType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: "input",
    override: ({ jsonSchema: made }) => {
      // The format says it; the pattern of every valid date would be half of the document.
      if (made.format === "date-time" || made.format === "date") delete made.pattern;
      // What JavaScript can count to is no limit of ours.
      if (made.maximum === Number.MAX_SAFE_INTEGER) delete made.maximum;
      if (made.minimum === Number.MIN_SAFE_INTEGER) delete made.minimum;
    },
  });
  return rest;
}

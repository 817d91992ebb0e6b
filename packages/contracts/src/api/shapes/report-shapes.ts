import { ATTAINMENT_DIMENSIONS, ATTAINMENT_MONTHS_MAX, ATTAINMENT_ROWS_MAX, Count } from "@ithaca/domain";
import * as z from "zod/mini";

const Month = z.string().check(z.regex(/^[0-9]{4}-(0[1-9]|1[0-2])$/, "a month, such as 2026-11"));
const Dimensions = z
  .array(z.enum(ATTAINMENT_DIMENSIONS))
  .check(z.minLength(1), z.maxLength(ATTAINMENT_DIMENSIONS.length));

/** Longer than all dimensions together. */
const BY_MAX_LENGTH = 80;

/**
 * Which months, both counted, of which there are 36 at most: without an end until the current one, and without a
 * beginning that one alone. `by` names dimensions with commas between.
 */
export const AttainmentQuery = z.strictObject({
  from: z.optional(Month),
  to: z.optional(Month),
  by: z._default(
    z.codec(z.string().check(z.maxLength(BY_MAX_LENGTH)), Dimensions, {
      decode: (text) => text.split(",") as z.input<typeof Dimensions>,
      encode: (dimensions) => dimensions.join(","),
    }),
    ["metric", "priority"],
  ),
});

const counts = {
  met: Count,
  breached: Count,
  /** Broken and excused: in no percentage. */
  waived: Count,
  /** Met of met and breached, rounded down to a tenth; absent where there is neither. */
  percentMet: z.optional(z.number().check(z.gte(0), z.lte(100))),
};
const Value = z.string();

/** What part of the promises was met. A row has the dimensions that were asked for; "(none)" stands for no value. */
export const AttainmentView = z.object({
  from: Month,
  to: Month,
  by: Dimensions,
  /** By whose wall months are told. */
  zone: z.literal("UTC"),
  rows: z
    .array(
      z.object({
        metric: z.optional(Value),
        priority: z.optional(Value),
        team: z.optional(Value),
        package: z.optional(Value),
        month: z.optional(Month),
        ...counts,
      }),
    )
    .check(z.maxLength(ATTAINMENT_ROWS_MAX)),
  total: z.object(counts),
});
export type AttainmentView = z.infer<typeof AttainmentView>;

/** Said of a range that is none, or too long. */
export const ATTAINMENT_RANGE = `from must not be after to, and they are ${ATTAINMENT_MONTHS_MAX} months at most`;

import { Calendar, closed, Policy, PREVIEW_DAYS_MAX, PreviewRange, PreviewResult } from "@ithaca/domain";
import * as z from "zod/mini";

/** The most calendars of one proposal. */
const CALENDARS_MAX = 20;
const DAYS_DEFAULT = 90;

/** What is proposed, and over how many days until now; the versions in it are of no account. */
export const PreviewBody = z
  .strictObject({
    policy: z.optional(closed(Policy)),
    calendars: z.optional(z.array(closed(Calendar)).check(z.minLength(1), z.maxLength(CALENDARS_MAX))),
    days: z._default(z.int().check(z.gte(1), z.lte(PREVIEW_DAYS_MAX)), DAYS_DEFAULT),
  })
  .check(
    z.refine(({ policy, calendars }) => policy !== undefined || calendars !== undefined, {
      path: ["policy"],
      error: "a policy, calendars, or both",
    }),
  );

const PreviewId = z.string().check(z.regex(/^prev_[0-9a-z]{1,32}$/, "the id of a preview"));

export const PreviewParams = z.object({ id: PreviewId });

/** A preview as it stands. */
export const PreviewView = z.object({
  id: PreviewId,
  state: z.enum(["running", "done"]),
  ...PreviewRange.shape,
  /** The months that it goes through, each with the cases that are summed up so far. */
  months: z.array(z.object({ month: z.string(), cases: z.int(), done: z.boolean() })),
  result: z.optional(PreviewResult),
});
export type PreviewView = z.infer<typeof PreviewView>;

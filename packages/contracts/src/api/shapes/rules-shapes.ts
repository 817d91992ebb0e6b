import { Calendar, closed, Instant, Policy, Reason } from "@ithaca/domain";
import * as z from "zod/mini";

/** The most calendars that come with one policy, and the most versions that a list shows. */
const CALENDARS_MAX = 20;

const Version = z.int().check(z.gte(1), z.lte(1_000_000_000));

/** A policy to put in force; the versions in it are of no account. */
export const PolicyBody = z.strictObject({
  policy: closed(Policy),
  calendars: z.optional(z.array(closed(Calendar)).check(z.minLength(1), z.maxLength(CALENDARS_MAX))),
  /** The version that its author started from: it must be the one that will be in force then. */
  basedOn: Version,
  /** As soon as every function can know it, when it is left out. */
  inForceFrom: z.optional(Instant),
  /** Clocks that run then go over to it; what was counted stays counted. */
  movesUnfinished: z._default(z.boolean(), false),
  reason: Reason,
});

/** What was put in force. */
export const PolicyReceipt = z.object({
  version: Version,
  calendars: z.array(z.object({ id: z.string(), version: Version })),
  inForceFrom: Instant,
});

export const PolicyVersionParams = z.object({
  version: z.pipe(
    z.string().check(z.regex(/^[1-9][0-9]{0,8}$/, "the number of a version, such as 3")),
    z.transform(Number),
  ),
});

/** A version of the policy and how it came about; nothing is told of version 1, which ships. */
export const PolicyVersion = z.object({
  version: Version,
  inForce: z.boolean(),
  inForceFrom: z.optional(Instant),
  movesUnfinished: z.optional(z.boolean()),
  madeBy: z.optional(z.string()),
  madeAt: z.optional(Instant),
  reason: z.optional(z.string()),
});
export type PolicyVersion = z.infer<typeof PolicyVersion>;

/** The versions of the policy, the newest first. */
export const PolicyVersions = z.object({
  versions: z.array(PolicyVersion),
  /** From when a version that is made now can be in force: by then every function knows it. */
  soonest: Instant,
});

/** A version of the policy, whole. */
export const PolicyVersionWhole = z.extend(PolicyVersion, { policy: Policy });

import * as domain from "@ithaca/domain";
import * as z from "zod/mini";
import { defineEvent } from "./define-event.ts";

/** What names an effect: its id, the version of the case that owes it, and its place among what that version owes. */
const owed = {
  caseId: domain.CaseId,
  effectId: domain.Effect.shape.id,
  version: z.int().check(z.gte(1)),
  index: z.int().check(z.gte(0)),
  /** Since when it is owed. */
  at: domain.Instant,
};

/** A mail is owed. Who gets it is said by kind only; the effect itself has the id. */
export const MailOwed = defineEvent(
  "MailOwed",
  z.object({
    ...owed,
    template: domain.MailTemplate,
    recipientKind: z.enum(["person", "agent", "team-lead", "on-call"]),
    metric: z.optional(domain.Metric),
  }),
);

/** The case wants to be woken at `wakeAt`. */
export const TimerOwed = defineEvent("TimerOwed", z.object({ ...owed, wakeAt: domain.Instant }));

/** The case must go up from the tier that missed its target. */
export const EscalationOwed = defineEvent("EscalationOwed", z.object({ ...owed, fromTier: z.int() }));

/** The case opened without triage. */
export const TriageOwed = defineEvent("TriageOwed", z.object(owed));

import * as facts from "@ithaca/domain";
import * as z from "zod/mini";
import { defineFactEvent } from "./fact-event.ts";

/** A cycle of a metric began. */
export const ClockStarted = defineFactEvent(
  "ClockStarted",
  z.pick(facts.ClockStarted, { by: true, metric: true, cycle: true, startedAt: true, dueAt: true }),
);

/** A running clock got another due. */
export const ClockRetargeted = defineFactEvent(
  "ClockRetargeted",
  z.pick(facts.ClockRetargeted, { by: true, metric: true, cycle: true, cause: true, dueBefore: true, dueAt: true }),
);

/** So many percent of a target's time are gone. */
export const ClockWarned = defineFactEvent(
  "ClockWarned",
  z.pick(facts.ClockWarned, { by: true, metric: true, cycle: true, percent: true, dueAt: true }),
);

/** A promise is broken: `dueAt` is the instant of the breach, `at` when it was noticed. */
export const ClockBreached = defineFactEvent(
  "ClockBreached",
  z.pick(facts.ClockBreached, { by: true, metric: true, cycle: true, dueAt: true, team: true, tier: true }),
);

/** Somebody answered. */
export const ClockStopped = defineFactEvent(
  "ClockStopped",
  z.pick(facts.ClockStopped, { by: true, metric: true, cycle: true, stoppedAt: true, dueAt: true, outcome: true }),
);

/** A cycle ended neither met nor missed. */
export const ClockCancelled = defineFactEvent(
  "ClockCancelled",
  z.pick(facts.ClockCancelled, { by: true, metric: true, cycle: true, reason: true }),
);

/** A cycle that had ended goes on: the case was reopened. */
export const ClockReopened = defineFactEvent(
  "ClockReopened",
  z.pick(facts.ClockReopened, { by: true, metric: true, cycle: true, dueAt: true }),
);

/** Somebody excused a breach. The reason, which a person wrote, stays on the case. */
export const ClockWaived = defineFactEvent(
  "ClockWaived",
  z.pick(facts.ClockWaived, { by: true, metric: true, cycle: true }),
);

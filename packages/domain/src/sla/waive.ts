import type { Actor } from "../access/actor.ts";
import type { Case } from "../case/case.ts";
import { type Decision, refuse } from "../case/decision.ts";
import type { MessageId } from "../message/message.ts";
import type { Metric } from "../policy/policy.ts";
import type { Instant } from "../time/instant.ts";

/**
 * Excuses a broken promise, with a reason: reports change, the fact of the breach does not (sla.md, waiver). Without a
 * cycle the last broken one of the metric is meant.
 */
export function waive(
  current: Case,
  waived: { metric: Metric; cycle?: number | undefined; reasonId: MessageId | undefined },
  now: Instant,
  by: Actor,
): Decision {
  const { metric, reasonId } = waived;
  if (reasonId === undefined) return refuse("reason-needed");
  const broken = (current.breaches ?? []).filter((breach) => breach.metric === metric);
  const breach = broken.findLast(({ cycle }) => waived.cycle === undefined || cycle === waived.cycle);
  if (breach === undefined) return refuse("not-breached");
  if (breach.waived) return refuse("already-waived");
  return [{ type: "ClockWaived", at: now, by, metric, cycle: breach.cycle, reasonId }];
}

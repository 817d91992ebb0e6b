import type { Actor } from "../access/actor.ts";
import type { Policy } from "../policy/policy.ts";
import type { Instant } from "../time/instant.ts";
import { CATEGORY_OF, type Case } from "./case.ts";
import { type Decision, refuse } from "./decision.ts";

/** Takes an open case from the tier that missed its target to the next one up. */
export function escalate(current: Case, fromTier: number, policy: Policy, now: Instant, by: Actor): Decision {
  if (CATEGORY_OF[current.status] === "done") return refuse("not-open");
  if (current.tier !== fromTier) return refuse("moved-on");
  if (current.tier >= policy.topTier) return refuse("top-tier");

  return [{ type: "CaseEscalated", at: now, by, fromTier, toTier: fromTier + 1 }];
}

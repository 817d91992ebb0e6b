import type { Policy } from "@ithaca/domain";
import type { Chance } from "../world/chance.ts";

/** Other lengths for what is promised at one priority, and for being done. */
export function editedPolicy(before: Policy, chance: Chance): Policy {
  const priority = chance.pick(["critical", "high", "medium", "low"]);
  const targets = before.targets.map((rule) => {
    const isEdited = rule.when.priority?.includes(priority) ?? rule.when.metric.includes("resolution");
    return isEdited ? { ...rule, length: { minutes: chance.between(2, 20) * 60 } } : rule;
  });
  return { ...before, targets };
}

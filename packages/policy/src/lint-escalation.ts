import type { EscalationRule, Policy } from "@ithaca/domain";
import type { PolicyFault } from "./policy-fault.ts";

/** Escalation rules that lead over the top, that move nothing, or that can leave everybody in the dark. */
export function lintEscalation({ escalation = [], topTier }: Policy): PolicyFault[] {
  return escalation.flatMap((rule, index) => {
    const path = `/escalation/${index}`;
    return [...tierFaults(rule, topTier, path), ...silenceFaults(rule, path)];
  });
}

function tierFaults({ when, toTier }: EscalationRule, topTier: number, path: string): PolicyFault[] {
  if (toTier !== "next" && toTier > topTier) {
    return [
      {
        code: "over-top-tier",
        path: `${path}/toTier`,
        problem: `it takes a case to tier ${toTier}, and the highest is ${topTier}`,
        remedy: `name a tier up to ${topTier}, or raise topTier`,
      },
    ];
  }
  const goesUp = (tier: number) => tier < (toTier === "next" ? topTier : toTier);
  if (when.tier === undefined || when.tier.some(goesUp)) return [];
  return [
    {
      code: "goes-nowhere",
      path: `${path}/when/tier`,
      problem: `it takes no case up: ${toTier === "next" ? `there is no tier after ${when.tier.join(" or ")}` : `tier ${toTier} is not above tier ${when.tier.join(" or ")}`}`,
      remedy: "name a tier below the one that it goes to, or remove the rule: what no rule matches stays where it is",
    },
  ];
}

/** A case can be nobody's, and then it has no assignee who could be told. */
function silenceFaults({ tells }: EscalationRule, path: string): PolicyFault[] {
  if (tells.some((whom) => whom !== "assignee")) return [];
  return [
    {
      code: "tells-nobody",
      path: `${path}/tells`,
      problem: "it tells nobody of a case that is nobody's",
      remedy: "add team-lead or on-call",
    },
  ];
}

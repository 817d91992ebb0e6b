import type { Policy } from "@ithaca/domain";
import type { PolicyFault } from "./policy-fault.ts";
import {
  type AllCases,
  allCases,
  decidedBy,
  holds,
  isAny,
  overlap,
  type Region,
  type Rule,
  regionOf,
} from "./rule-regions.ts";

/** So many of the rules that cover another are named. */
const NAMED_MAX = 5;

/**
 * Rules that no case can reach, because those earlier in the list match whatever they match, one of them or several
 * together: first match wins. Such a policy still decides every case, so that this is a warning.
 */
export function shadowedRules(policy: Policy): PolicyFault[] {
  const { classification, routing, targets, escalation = [] } = policy;
  const all = allCases(policy);
  return [
    ...shadowedIn("classification", classification, all.classification),
    ...shadowedIn("routing", routing, all.routing),
    ...shadowedIn("targets", targets, all.targets),
    ...shadowedIn("escalation", escalation, all.escalation),
  ];
}

function shadowedIn(list: string, rules: readonly Rule[], all: AllCases): PolicyFault[] {
  const decided = decidedBy(rules, all);
  const regions = rules.map(({ when }) => regionOf(when, all));
  return rules.flatMap((rule, index) => {
    const own = regions[index];
    // One that nothing can match names what is not there: that is told where the name stands.
    if (own === undefined || !isAny(own)) return [];
    const before = (test: (region: Region) => boolean) =>
      rules.slice(0, index).filter((_, at) => test(regions[at] ?? []));
    const [one] = before((region) => holds(region, own));
    if (one !== undefined) return [shadowed(list, index, rule, [one])];
    if (decided === undefined || decided[index]?.regions.length !== 0) return [];
    return [
      shadowed(
        list,
        index,
        rule,
        before((region) => isAny(overlap(own, region))),
      ),
    ];
  });
}

function shadowed(list: string, index: number, { id }: Rule, before: readonly Rule[]): PolicyFault {
  const ids = before.slice(0, NAMED_MAX).map((rule) => rule.id);
  const more = before.length > ids.length ? ` and ${before.length - ids.length} more` : "";
  const names = ids.join(", ") + more;
  const [rules, match] = before.length === 1 ? ["rule", "matches"] : ["rules", "together match"];
  return {
    code: "unreachable",
    path: `/${list}/${index}`,
    problem: `no case reaches the rule ${id}: the ${rules} ${names} before it ${match} all that it does`,
    remedy: `move it before ${ids[0]}, narrow ${ids[0]}, or remove it`,
  };
}

import { hasTeam, type PolicyMove, type Rulebook } from "../policy/rulebook.ts";
import type { Cycle, Segment } from "./clock.ts";
import { type PromisedTo, promisedTo, segment, targetRule } from "./target.ts";

/**
 * The segments of a cycle and those of the policies that came into force after it began and move what is unfinished, in
 * order. A policy that promises nothing for the metric takes no promise back.
 */
export function policyMoves(
  { metric, segments }: Pick<Cycle, "metric" | "segments">,
  to: PromisedTo,
  rulebook: Rulebook,
): Segment[] {
  const all = [...segments];
  for (const move of rulebook.moves) {
    const index = all.findLastIndex(({ from }) => from < move.from);
    const before = all[index];
    if (before === undefined || before.policyVersion >= move.policy.version) continue;
    const moved = movedBy(move, before, metric, to);
    if (moved !== undefined) all.splice(index + 1, 0, moved);
  }
  return all;
}

function movedBy(move: PolicyMove, before: Segment, metric: Cycle["metric"], to: PromisedTo): Segment | undefined {
  const { policy, from } = move;
  const { team, priority = to.priority } = before;
  const promised = promisedTo({ ...to, priority });
  const rule = targetRule(policy, metric, promised);
  if (rule === undefined || !hasTeam(policy, team)) return undefined;
  return segment(move, rule, { team, from, measuredFrom: from, combine: "move", priority: promised.priority });
}

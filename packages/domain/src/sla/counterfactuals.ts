import type { Case } from "../case/case.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import type { Instant } from "../time/instant.ts";
import type { Cycle, Segment } from "./clock.ts";
import { dueIfResumed } from "./due.ts";
import { promisedTo, segment, targetRule } from "./target.ts";

/** "Had it been medium: Tue 10:14." */
export interface Counterfactual {
  priority: string;
  ruleId: string;
  dueAt: Instant;
}

/** The dues that the other priorities would have given a cycle from its start on, where they differ. */
export function counterfactuals(
  current: Case,
  cycle: Cycle,
  dueAt: Instant,
  rulebook: Rulebook,
  now: Instant,
): Counterfactual[] {
  return rulebook.policy.priorities.flatMap(({ code }) => {
    const first = hadItBeen(code, current, cycle, rulebook);
    if (first === undefined) return [];
    const carried = cycle.segments.filter(({ combine }) => combine === "carry");
    const due = dueIfResumed(rulebook, current, { ...cycle, segments: [first, ...carried] }, now).dueAt;
    return due === dueAt ? [] : [{ priority: code, ruleId: first.ruleId, dueAt: due }];
  });
}

/** The first segment of a cycle under another priority, on the version of the calendar that it had. */
function hadItBeen(priority: string, current: Case, cycle: Cycle, rulebook: Rulebook): Segment | undefined {
  const [first] = cycle.segments;
  const rule = targetRule(rulebook.policy, cycle.metric, promisedTo({ ...current, priority }));
  if (first === undefined || rule === undefined) return undefined;
  const { team, from, measuredFrom, combine, calendar } = first;
  const measured = segment(rulebook, rule, { team, from, measuredFrom, combine, priority });
  return calendar === undefined || measured.calendar === undefined ? measured : { ...measured, calendar };
}

import type { Actor } from "../access/actor.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { cycleWakeAt } from "../sla/due.ts";
import { settleBreaches, settleWarnings } from "../sla/settle.ts";
import { earlier, type Instant } from "../time/instant.ts";
import type { Case } from "./case.ts";
import { type Decision, refuse } from "./decision.ts";

/** What is due on a case by now: warnings and breaches, each once, whoever wakes it and however often. */
export function wake(current: Case, rulebook: Rulebook, now: Instant, by: Actor): Decision {
  const facts = [...settleBreaches(current, rulebook, now, by), ...settleWarnings(current, rulebook, now, by)];
  return facts.length === 0 ? refuse("not-due") : facts;
}

/** The one wake-up of a case: the earliest of all that its clocks ask for; undefined when none asks. */
export function nextWakeUp(current: Case, rulebook: Rulebook): Instant | undefined {
  return current.clocks
    .map((cycle) => cycleWakeAt(rulebook, current, cycle))
    .reduce(
      (soonest, at) => (soonest === undefined || at === undefined ? (soonest ?? at) : earlier(soonest, at)),
      undefined,
    );
}

import type { Actor } from "../access/actor.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { cycleWakeAt } from "../sla/due.ts";
import { settleBreaches, settleWarnings } from "../sla/settle.ts";
import { earlier, type Instant } from "../time/instant.ts";
import type { Case } from "./case.ts";
import { goOn, hasWaited } from "./change-status.ts";
import { cover, nextCoverAt } from "./cover.ts";
import { type Decision, refuse } from "./decision.ts";

/** What is due on a case by now: warnings, breaches, and who covers it; each once, whoever wakes it and however often. */
export function wake(current: Case, rulebook: Rulebook, now: Instant, by: Actor): Decision {
  const facts = [
    ...settleBreaches(current, rulebook, now, by),
    ...settleWarnings(current, rulebook, now, by),
    ...cover(current, rulebook, now, by),
    ...(hasWaited(current, now) ? goOn(current, now, by) : []),
  ];
  return facts.length === 0 ? refuse("not-due") : facts;
}

/**
 * The one wake-up of a case: the earliest of all that its clocks and its cover ask for, or what it waits for; undefined when none asks. `now` is
 * when it is asked, the last change unless told otherwise: who covers a case depends on who is open then.
 */
export function nextWakeUp(current: Case, rulebook: Rulebook, now: Instant = current.changedAt): Instant | undefined {
  const wanted = [
    ...current.clocks.map((cycle) => cycleWakeAt(rulebook, current, cycle)),
    nextCoverAt(current, rulebook, now),
    current.status === "waiting-until" ? current.waitsUntil : undefined,
  ];
  return wanted.reduce(
    (soonest, at) => (soonest === undefined || at === undefined ? (soonest ?? at) : earlier(soonest, at)),
    undefined,
  );
}

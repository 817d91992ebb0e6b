import { hasTeam, type Rulebook } from "../policy/rulebook.ts";
import { dueOf } from "../sla/due.ts";
import { isRunning } from "../sla/running.ts";
import { earlier, type Instant } from "../time/instant.ts";
import { atRisk } from "./at-risk.ts";
import { CATEGORY_OF, type Case, type StatusCategory } from "./case.ts";
import { nextWakeUp } from "./wake.ts";

/**
 * What lists and timers need of a case. It follows from the state, the policy and the calendars, is written beside the
 * state and rewritten when a calendar or policy moves it: it is no state (design.md, Data).
 */
export interface Projection {
  /** Undefined too for a team that a policy removed: its cases are in every view of the whole desk. */
  team: string | undefined;
  category: StatusCategory;
  /** The earliest due of its clocks that run; one that stands has none. */
  dueAt: Instant | undefined;
  wakeAt: Instant | undefined;
  /** Unanswered and past its first warning. Undefined in what was written before lists knew it. */
  atRisk?: boolean | undefined;
  /** Whose case it is; undefined: nobody's. */
  assigneeId?: string | undefined;
}

/**
 * Without a rulebook a case is listed without a due and asks for no wake-up: its triage is owed. `now` is when it is
 * asked, the last change unless told otherwise.
 */
export function project(current: Case, rulebook: Rulebook | undefined, now: Instant = current.changedAt): Projection {
  const dues = rulebook === undefined ? [] : runningDues(current, rulebook);
  return {
    team: listedTeam(current, rulebook),
    category: CATEGORY_OF[current.status],
    dueAt: dues.reduce<Instant | undefined>(
      (soonest, due) => (soonest === undefined ? due : earlier(soonest, due)),
      undefined,
    ),
    wakeAt: rulebook === undefined ? undefined : nextWakeUp(current, rulebook, now),
    atRisk: atRisk(current),
    assigneeId: current.assigneeId,
  };
}

function listedTeam({ team }: Case, rulebook: Rulebook | undefined): string | undefined {
  if (team === undefined || rulebook === undefined) return team;
  return hasTeam(rulebook.policy, team) ? team : undefined;
}

function runningDues(current: Case, rulebook: Rulebook): Instant[] {
  return current.clocks.filter(isRunning).flatMap((cycle) => {
    const dueAt = cycle.breachedAt ?? dueOf(rulebook, current, cycle).dueAt;
    return dueAt === undefined ? [] : [dueAt];
  });
}

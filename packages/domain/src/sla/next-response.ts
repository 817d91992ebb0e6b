import type { Actor } from "../access/actor.ts";
import { CATEGORY_OF, type Case } from "../case/case.ts";
import type { Fact } from "../case/facts.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import type { Instant } from "../time/instant.ts";
import { retarget } from "./retarget.ts";
import { isRunning } from "./running.ts";
import { settleBreaches, unbroken } from "./settle.ts";
import { startNext } from "./start-clock.ts";
import { promisedTo, segment, targetRule } from "./target.ts";

/**
 * A customer's message starts the next-response clock of a case whose first response was given, or can no longer be:
 * from when it was received, however late it was processed. While one runs it stays with the oldest unanswered message
 * (sla.md, next-response starts at). The case is as it is with the message on it.
 */
export function expectResponse(
  current: Case,
  receivedAt: Instant,
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): Fact[] {
  if (CATEGORY_OF[current.status] === "done" || current.marks.includes("spam")) return [];
  const first = current.clocks.find(({ metric }) => metric === "first-response");
  if (first !== undefined && isRunning(first)) return [];
  if (first === undefined && current.firstAnsweredAt === undefined) return [];

  const running = current.clocks.find((cycle) => cycle.metric === "next-response" && isRunning(cycle));
  if (running === undefined) return startNext(current, "next-response", receivedAt, rulebook, now, by);
  if (receivedAt >= running.startedAt) return [];
  // A promise that is broken already does not become another one.
  const breaches = settleBreaches(current, rulebook, now, by);
  if (!unbroken(current, breaches).includes(running)) return breaches;

  const promised = promisedTo(current);
  const rule = targetRule(rulebook.policy, "next-response", promised);
  const team = current.team;
  if (rule === undefined || team === undefined) return breaches;
  const added = segment(rulebook, rule, {
    team,
    from: now,
    measuredFrom: receivedAt,
    combine: "earlier",
    priority: promised.priority,
  });
  return [...breaches, retarget(current, running, added, "older-message", rulebook, now, by)];
}

import type { Actor } from "../access/actor.ts";
import { priorityOf, type Rulebook } from "../policy/rulebook.ts";
import { classify } from "../priority/classify.ts";
import { expectResponse } from "../sla/next-response.ts";
import { clocksOfReopened } from "../sla/reopen-clocks.ts";
import { DAY_MS, type Instant } from "../time/instant.ts";
import { CATEGORY_OF, type Case } from "./case.ts";
import { changePriority } from "./change-priority.ts";
import { goOn } from "./change-status.ts";
import { isRefused } from "./decision.ts";
import { applyAppend } from "./evolve.ts";
import type { Fact } from "./facts.ts";

/** A customer's message that may join the case it names. */
export interface Joining {
  messageId: string;
  channel: string;
  subject?: string | undefined;
  personId: string;
  receivedAt: Instant;
  automatic: boolean;
}

/** Whether a message still belongs to a case, or is too late for it and opens one that follows it (sla.md, reopened). */
export function takesMessages(current: Case, rulebook: Rulebook, now: Instant): boolean {
  if (CATEGORY_OF[current.status] !== "done") return true;
  if (current.status === "closed" || current.resolvedAt === undefined) return false;
  return now <= current.resolvedAt + rulebook.policy.reopenWithinDays * DAY_MS;
}

/**
 * Adds a message to a case: a resolved case reopens, a "Critical" in the subject raises it, and what was answered before
 * waits for an answer again.
 */
export function receiveMessage(current: Case, joining: Joining, rulebook: Rulebook, now: Instant, by: Actor): Fact[] {
  const { messageId, channel, personId, receivedAt, automatic } = joining;
  const received: Fact[] = [
    { type: "MessageReceived", at: now, by, messageId, channel, personId, receivedAt, automatic },
  ];
  const reopens = CATEGORY_OF[current.status] === "done" && !automatic;
  if (reopens) received.push({ type: "CaseReopened", at: now, by, messageId });
  if (!automatic) received.push(...goOn(current, now, by));

  const raised = raisedPriority(current, joining, rulebook);
  if (raised !== undefined) {
    const decision = changePriority(applyAppend(current, received, current.id), { to: raised }, rulebook, now, by);
    if (!isRefused(decision)) received.push(...decision);
  }
  if (automatic) return received;
  const next = applyAppend(current, received, current.id);
  return [
    ...received,
    ...(reopens ? clocksOfReopened(next, rulebook, now, by) : []),
    ...expectResponse(next, receivedAt, rulebook, now, by),
  ];
}

/** The priority that a reply's subject asks for by a word, if it is more urgent than the case's. */
function raisedPriority(current: Case, joining: Joining, rulebook: Rulebook): string | undefined {
  if (current.priority === undefined || joining.automatic) return undefined;
  const { policy } = rulebook;
  const { rule, priority } = classify(policy, { ...joining, requestedPriority: current.priority });
  if (rule.when.subjectWord === undefined) return undefined;
  const now = priorityOf(policy, current.priority)?.rank ?? Number.POSITIVE_INFINITY;
  const asked = priorityOf(policy, priority)?.rank ?? Number.POSITIVE_INFINITY;
  return asked < now ? priority : undefined;
}

import type { Actor } from "../access/actor.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { priorityOf } from "../policy/rulebook.ts";
import { classify, requestedPriority } from "../priority/classify.ts";
import { route } from "../routing/route.ts";
import { expectResponse } from "../sla/next-response.ts";
import { cancelClocks } from "../sla/settle.ts";
import { startClock } from "../sla/start-clock.ts";
import type { Instant } from "../time/instant.ts";
import { believeSender, type UnjudgedSender } from "./believe-sender.ts";
import { CATEGORY_OF, type Case } from "./case.ts";
import { type Decision, refuse } from "./decision.ts";
import { applyAppend } from "./evolve.ts";
import type { Fact, FactOf } from "./facts.ts";

/** What triage knows of a case: how it came and what was asked for. */
export interface Triageable {
  channel: string;
  requestedPriority: string;
  subject?: string | undefined;
  accountTeam?: string | undefined;
  accountId?: string | undefined;
  package?: string | undefined;
  receivedAt: Instant;
  /** Somebody answered before it could be triaged. */
  answered?: boolean;
  /** What intake found of it; false is overruled by a channel that pages for anybody. */
  mayPage?: boolean | undefined;
  /** What is believed of its sender after all, if that could not be judged when it was opened. */
  believed?: Pick<FactOf<"PriorityClassified">, "vouched" | "mayPage">;
}

/** Priority, team and first clocks, by the policy in force: pure, so that intake can decide them in its transaction. */
export function triageFacts(triageable: Triageable, rulebook: Rulebook, now: Instant, by: Actor): Fact[] {
  const { policy } = rulebook;
  const requested = requestedPriority(policy, triageable.requestedPriority);
  const { priority, rule, flag } = classify(policy, { ...triageable, requestedPriority: requested });
  const channel = policy.channels.find(({ code }) => code === triageable.channel);
  const pagesAfterAll = triageable.mayPage === false && channel?.pagesForAnybody === true;

  return [
    {
      type: "PriorityClassified",
      at: now,
      by,
      requested,
      priority,
      ruleId: rule.id,
      policyVersion: policy.version,
      ...(flag !== undefined && { flag }),
      ...(pagesAfterAll && { mayPage: true as const }),
      ...triageable.believed,
    },
    ...routeAndStart(triageable, { priority, requested }, rulebook, now, by),
  ];
}

/** Team and first clocks of a case whose priority is known. */
export function routeAndStart(
  triageable: Triageable,
  { priority, requested }: { priority: string; requested: string },
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): Fact[] {
  const { accountTeam, channel, accountId, receivedAt } = triageable;
  const { team, rule, nobodyOpen } = route(rulebook, { priority, accountTeam, channel }, now);
  const gap = nobodyOpen && priorityOf(rulebook.policy, priority)?.pages === true;
  const to = { priority, requestedPriority: requested, channel, accountId, package: triageable.package };
  const run = { to, team, startedAt: receivedAt };

  return [
    { type: "CaseRouted", at: now, by, team, ruleId: rule.id, policyVersion: rulebook.policy.version },
    ...(gap ? [{ type: "CoverageGapFound" as const, at: now, by, team }] : []),
    ...(triageable.answered ? [] : startClock(rulebook, "first-response", 1, run, now, by)),
    ...startClock(rulebook, "resolution", 1, run, now, by),
  ];
}

/**
 * Triage of a case that was opened without it. What has happened to it meanwhile counts: on one that is done no clock
 * runs, and a customer who waits for another answer (`waitingSince`, the oldest message that has none) has a clock too. Whether
 * its channel is believed of its sender is decided now if it could not be then (`unjudged`).
 */
export function triage(
  current: Case,
  opening: {
    subject?: string | undefined;
    receivedAt: Instant;
    waitingSince?: Instant | undefined;
    unjudged?: UnjudgedSender | undefined;
  },
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): Decision {
  if (!current.triageOwed) return refuse("already-triaged");
  const { channel, requestedPriority, mayPage } = current;
  const { subject, receivedAt, waitingSince, unjudged } = opening;
  const answered = current.firstAnsweredAt !== undefined;
  const believed = unjudged === undefined ? {} : believeSender(current, unjudged, rulebook);
  const { accountTeam, accountId, package: of } = { ...current, ...believed.vouched };
  const facts = triageFacts(
    {
      channel,
      requestedPriority,
      subject,
      receivedAt,
      accountTeam,
      accountId,
      package: of,
      answered,
      mayPage,
      believed,
    },
    rulebook,
    now,
    by,
  );
  const next = applyAppend(current, facts, current.id);
  if (CATEGORY_OF[current.status] === "done") {
    return [...facts, ...endedBefore(next, current.resolvedAt ?? now, rulebook, now, by)];
  }
  return waitingSince === undefined ? facts : [...facts, ...expectResponse(next, waitingSince, rulebook, now, by)];
}

/** The clocks of a case that was done before they were known: broken if they were by then, and cancelled. */
function endedBefore(next: Case, doneAt: Instant, rulebook: Rulebook, now: Instant, by: Actor): Fact[] {
  return cancelClocks(next, "resolved-silently", rulebook, doneAt, by).map((fact) => ({ ...fact, at: now }));
}

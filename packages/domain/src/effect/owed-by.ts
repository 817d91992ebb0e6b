import type { Case } from "../case/case.ts";
import type { Fact, FactOf } from "../case/facts.ts";
import type { Projection } from "../case/projection.ts";
import type { Told } from "../policy/policy.ts";
import { HOUR_MS, type Instant } from "../time/instant.ts";
import type { AbandonReason, Effect, Owed, Recipient } from "./effect.ts";

/** Wake-ups at most so far ahead get their timer at once; the hourly sweep arms the rest (sla.md, Timers). */
export const ARMED_AHEAD_MS = 25 * HOUR_MS;

/** An effect that follows from a fact; with a reason when it must not happen, so that it is abandoned at once. */
interface Consequence {
  owed: Owed;
  abandoned?: AbandonReason;
}

/** What an append gives rise to, as effects of the version that it makes. Pure: the same append owes the same effects. */
export function owedBy(
  append: { facts: readonly Fact[]; next: Case; projection: Projection; wakeAtBefore: Instant | undefined },
  now: Instant,
): Effect[] {
  const { facts, next } = append;
  const automatic = facts.some((fact) => fact.type === "MessageReceived" && fact.automatic);
  // What was split off was acknowledged when it came, and an agent has it in hand.
  const isSplit = facts.some((fact) => fact.type === "CaseLinked" && fact.link === "split-from");
  const told = isSplit ? facts.filter(({ type }) => type !== "CaseOpened") : facts;
  const consequences = [...told.flatMap((fact) => followsFrom(fact, next, automatic)), ...timer(append, now)];

  return consequences.map(({ owed, abandoned }, index) => ({
    id: `${next.id}.${next.version}.${index}`,
    caseId: next.id,
    version: next.version,
    index,
    owed,
    owedAt: now,
    attempts: 0,
    ...(abandoned === undefined
      ? { status: "pending", nextAttemptAt: now }
      : { status: "abandoned", reason: abandoned, endedAt: now }),
  }));
}

function followsFrom(fact: Fact, next: Case, automatic: boolean): Consequence[] {
  switch (fact.type) {
    case "CaseOpened":
      return [
        {
          owed: { kind: "mail", template: "acknowledgement", to: { kind: "person", personId: fact.requesterId } },
          ...(automatic && { abandoned: "automatic-mail" }),
        },
      ];
    case "TriageDeferred":
      return [{ owed: { kind: "triage" } }];
    case "ReplyWritten":
      return answeredPeople(fact.personId, next).map((personId) => ({
        owed: {
          kind: "mail",
          template: "reply",
          to: { kind: "person", personId },
          messageId: fact.messageId,
          ...(fact.by.kind === "agent" && { by: fact.by.id }),
        },
      }));
    case "CaseMergedAway":
      if (fact.notify !== true) return [];
      return [toRequester("merged", fact.intoCaseId, next, fact.automatic === true)];
    case "CaseLinked":
      if (fact.notify !== true || fact.link !== "split-from") return [];
      return [toRequester("split", fact.caseId, next, automatic)];
    case "CoverageGapFound":
      return [
        {
          owed: { kind: "mail", template: "on-call-page", to: { kind: "on-call", team: fact.team } },
          // A stranger's word wakes nobody (threats.md, 12); an agent's does, whoever the sender was.
          ...(!mayWake(next) && fact.by.kind !== "agent" && { abandoned: "sender-not-verified" }),
        },
      ];
    case "ClockWarned":
      return [{ owed: notice("warning", responsible(next), fact) }];
    case "ClockBreached":
      return [
        { owed: { kind: "escalation", fromTier: fact.tier, metric: fact.metric } },
        { owed: notice("breach", responsible(next), fact) },
      ];
    case "CaseEscalated":
      return escalationMails(fact, next);
    default:
      return [];
  }
}

function toRequester(
  template: "merged" | "split",
  otherCaseId: string,
  { requesterId }: Case,
  isAutomatic: boolean,
): Consequence {
  return {
    owed: { kind: "mail", template, to: { kind: "person", personId: requesterId }, otherCaseId },
    ...(isAutomatic && { abandoned: "automatic-mail" }),
  };
}

/** Whoever asked, and everybody who takes part: of a case that was merged, its own requester too. */
function answeredPeople(personId: string, { participants }: Case): string[] {
  return [...new Set([personId, ...participants.map((participant) => participant.personId)])];
}

function notice(
  template: "warning" | "breach",
  to: Recipient,
  fact: Pick<FactOf<"ClockBreached">, "metric" | "cycle" | "dueAt"> & { percent?: number },
): Owed {
  const { metric, cycle, dueAt, percent } = fact;
  return { kind: "mail", template, to, metric, cycle, dueAt, ...(percent !== undefined && { percent }) };
}

/** Who is told first: the assignee, or the lead of the team while the case is nobody's. */
function responsible(next: Case): Recipient {
  if (next.assigneeId !== undefined) return { kind: "agent", principalId: next.assigneeId };
  return lead(next);
}

function escalationMails({ tells = ["team-lead", "assignee"] }: FactOf<"CaseEscalated">, next: Case): Consequence[] {
  const told = [...new Set(tells)].flatMap((whom) => toldOf(whom, next));
  const mails = told.map((to): Consequence => {
    const isStrangers = to.kind === "on-call" && !mayWake(next);
    return { owed: escalationMail(to), ...(isStrangers && { abandoned: "sender-not-verified" }) };
  });
  // The lead hears of it in the place of on-call that a stranger does not wake, and when nobody else would.
  const isHeard = mails.length > 0 && mails.every(({ abandoned }) => abandoned === undefined);
  return isHeard || tells.includes("team-lead") ? mails : [...mails, { owed: escalationMail(lead(next)) }];
}

function escalationMail(to: Recipient): Owed {
  return { kind: "mail", template: "escalation", to };
}

function toldOf(whom: Told, next: Case): Recipient[] {
  switch (whom) {
    case "team-lead":
      return [lead(next)];
    case "on-call":
      return [{ ...lead(next), kind: "on-call" }];
    case "assignee":
      return next.assigneeId === undefined ? [] : [{ kind: "agent", principalId: next.assigneeId }];
  }
}

/** Whether the word of whoever opened the case wakes on-call. */
function mayWake({ mayPage, senderVerified }: Case): boolean {
  return mayPage ?? senderVerified;
}

function lead(next: Case): Extract<Recipient, { kind: "team-lead" }> {
  if (next.team === undefined) throw new Error(`${next.id} has a clock but no team`);
  return { kind: "team-lead", team: next.team };
}

/**
 * A wake-up that is new or moved earlier needs a timer. One that moved later needs none while its old timer is still to
 * come: that one wakes the case early, and whoever is woken early sets the next (sla.md, Timers).
 */
function timer(
  { projection, wakeAtBefore }: { projection: Projection; wakeAtBefore: Instant | undefined },
  now: Instant,
): Consequence[] {
  const { wakeAt } = projection;
  if (wakeAt === undefined || wakeAt > now + ARMED_AHEAD_MS) return [];
  const stillToCome = wakeAtBefore !== undefined && wakeAtBefore > now;
  if (stillToCome && wakeAtBefore <= wakeAt) return [];
  return [{ owed: { kind: "timer", wakeAt } }];
}

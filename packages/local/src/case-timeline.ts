import type { Client } from "@ithaca/client";

/** A case as an agent reads it. */
export type WholeCase = Awaited<ReturnType<Client["cases"]["read"]>>;
export type TimelineFact = NonNullable<WholeCase["facts"]>[number];
export type TimelineEffect = NonNullable<WholeCase["effects"]>[number];

/** A line of a case's timeline: what happened, and when. `key` tells it from every other. */
export interface TimelineEntry {
  readonly key: string;
  /** ISO 8601. */
  readonly at: string;
  readonly text: string;
}

/** What has happened on a case so far, in order: its facts, and the effects of them that have ended. */
export function timelineOf({ facts = [], effects = [] }: WholeCase): readonly TimelineEntry[] {
  const happened = facts.map((fact) => ({
    key: `fact ${fact.version}.${fact.index}`,
    at: fact.at,
    text: `${fact.type}  ${describeFact(fact)}`.trimEnd(),
  }));
  const done = effects.flatMap((effect) =>
    effect.endedAt === undefined
      ? []
      : [{ key: `effect ${effect.id}`, at: effect.endedAt, text: `    ${describeEffect(effect)}` }],
  );
  return [...happened, ...done].sort((a, b) => a.at.localeCompare(b.at));
}

/** What a fact says beyond its name. */
function describeFact(fact: TimelineFact): string {
  switch (fact.type) {
    case "CaseOpened":
      return `through ${fact.channel}, ${fact.requestedPriority} asked for`;
    case "MessageReceived":
      return `through ${fact.channel}`;
    case "PriorityClassified":
      return `${fact.priority}, by the rule ${fact.ruleId}`;
    case "CaseRouted":
      return `to ${fact.team}, by the rule ${fact.ruleId}`;
    case "CoverageGapFound":
      return `no team is open; on-call of ${fact.team} is paged`;
    case "ClockStarted":
      return `${fact.metric}, due ${fact.dueAt}`;
    case "ClockRetargeted":
      return `${fact.metric}, due ${fact.dueAt} instead of ${fact.dueBefore}`;
    case "ClockWarned":
      return `${fact.metric}, ${Math.round(fact.percent)} % of the time is gone, due ${fact.dueAt}`;
    case "ClockBreached":
      return `${fact.metric}, was due ${fact.dueAt}, noticed ${latenessOf(fact)}`;
    case "ClockStopped":
      return `${fact.metric}, ${fact.outcome}`;
    case "ClockCancelled":
      return `${fact.metric}, ${fact.reason}`;
    case "ClockReopened":
      return `${fact.metric}, due ${fact.dueAt}`;
    case "ClockWaived":
      return `${fact.metric} ${fact.cycle}, excused`;
    case "CaseEscalated":
      return `from tier ${fact.fromTier} to tier ${fact.toTier}`;
    case "PriorityChanged":
      return `from ${fact.from} to ${fact.to}`;
    default:
      return "";
  }
}

/** How long after its due a breach was noticed. */
function latenessOf({ at, dueAt }: { readonly at: string; readonly dueAt: string }): string {
  return `${((Date.parse(at) - Date.parse(dueAt)) / 1000).toFixed(3)} s after it`;
}

/** An effect that has ended, in words. */
function describeEffect({ owed, status, reason }: TimelineEffect): string {
  const what = describeOwed(owed);
  return status === "abandoned" ? `${what}: given up (${reason ?? "no reason"})` : what;
}

function describeOwed(owed: TimelineEffect["owed"]): string {
  switch (owed.kind) {
    case "mail":
      return `mail: ${owed.template} to ${describeRecipient(owed.to)}`;
    case "timer":
      return `timer set for ${owed.wakeAt}`;
    case "escalation":
      return `escalated from tier ${owed.fromTier}`;
    case "triage":
      return "triaged";
  }
}

type Recipient = Extract<TimelineEffect["owed"], { kind: "mail" }>["to"];

function describeRecipient(to: Recipient): string {
  switch (to.kind) {
    case "person":
      return "the customer";
    case "agent":
      return to.principalId;
    case "team-lead":
      return `the lead of ${to.team}`;
    case "on-call":
      return `whoever is on call for ${to.team}`;
  }
}

import type { Effect, Fact, FactType, OwedKind } from "@ithaca/domain";
import * as caseEvents from "./case-events.ts";
import * as clockEvents from "./clock-events.ts";
import type { EventDefinition, EventEntry } from "./define-event.ts";
import * as effectEvents from "./effect-events.ts";

/** The event of each type of fact. A fact without one does not compile. */
export const FACT_EVENTS: Readonly<Record<FactType, EventDefinition>> = { ...caseEvents, ...clockEvents };

/** The event of each kind of effect. */
export const EFFECT_EVENTS: Readonly<Record<OwedKind, EventDefinition>> = {
  mail: effectEvents.MailOwed,
  timer: effectEvents.TimerOwed,
  escalation: effectEvents.EscalationOwed,
  triage: effectEvents.TriageOwed,
};

/** A fact with its public fields under their public names: what `RecordedFact` and the events are picked from. */
export function publicFact(fact: Fact) {
  if (fact.type !== "CaseLinked" && fact.type !== "CaseUnlinked") return fact;
  const { caseId: linkedCaseId, ...rest } = fact;
  return { ...rest, linkedCaseId };
}

/** What the bus is told of a fact, named by (case, version, index in the version). Throws for a type without an event. */
export function announceFact(caseId: string, version: number, index: number, fact: Fact): EventEntry {
  const event = FACT_EVENTS[fact.type];
  if (event === undefined) throw new Error(`no event is defined for the fact type ${fact.type}`);
  return event.entry({ ...publicFact(fact), caseId, version, index });
}

/** What the bus is told of something owed. */
export function announceEffect(effect: Effect): EventEntry {
  const { caseId, id: effectId, version, index, owedAt: at, owed } = effect;
  const recipient = owed.kind === "mail" ? { recipientKind: owed.to.kind } : {};
  return EFFECT_EVENTS[owed.kind].entry({ ...owed, ...recipient, caseId, effectId, version, index, at });
}

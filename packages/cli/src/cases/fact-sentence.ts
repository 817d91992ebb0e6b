import type { Moments } from "../output/moment.ts";
import type { FactJson } from "./case-json.ts";

/** What a sentence about a fact needs beside it. */
export interface Telling {
  readonly moments: Moments;
  /** How somebody is called, by their id. */
  name(id: string): string;
}

type Sentences = {
  readonly [Type in FactJson["type"]]: (fact: Extract<FactJson, { type: Type }>, telling: Telling) => string;
};

/** Each fact in a few words. A fact without a sentence does not compile. */
const SENTENCES: Sentences = {
  CaseOpened: ({ channel, requesterId, requestedPriority }, { name }) =>
    `opened by ${name(requesterId)} on ${channel}, asking for ${requestedPriority}`,
  MessageReceived: ({ personId, channel, automatic }, { name }) =>
    `${name(personId)} wrote on ${channel}${automatic ? " (automatic mail)" : ""}`,
  PriorityClassified: ({ priority, ruleId, policyVersion, flag }) =>
    `priority ${priority} (rule ${ruleId}, policy ${policyVersion})${flag === undefined ? "" : `, flagged: ${flag}`}`,
  CaseRouted: ({ team, ruleId, policyVersion }) => `given to team ${team} (rule ${ruleId}, policy ${policyVersion})`,
  CoverageGapFound: ({ team }) => `no team is open: ${team}'s on-call is told`,
  ClockStarted: ({ metric, dueAt }, { moments }) => `${metric} clock started, due ${moments.dateAndTime(dueAt)}`,
  ClockRetargeted: ({ metric, cause, dueBefore, dueAt }, { moments }) =>
    `${metric} is due ${moments.dateAndTime(dueAt)} instead of ${moments.dateAndTime(dueBefore)} (${cause})`,
  ClockWarned: ({ metric, percent, dueAt }, { moments }) =>
    `warned: ${percent} % of ${metric} is gone, due ${moments.dateAndTime(dueAt)}`,
  ClockBreached: ({ metric, dueAt, team, tier }, { moments }) =>
    `BREACHED: ${metric} was due ${moments.dateAndTime(dueAt)} (${team}, tier ${tier})`,
  ClockStopped: ({ metric, outcome }) => `${metric} clock stopped: ${outcome}`,
  ClockCancelled: ({ metric, reason }) => `${metric} clock cancelled: ${reason}`,
  ClockReopened: ({ metric, dueAt }, { moments }) => `${metric} clock goes on, due ${moments.dateAndTime(dueAt)}`,
  ClockWaived: ({ by, metric, cycle, reason }, { name }) =>
    `${name(by.id)} excused the breach of ${metric} ${cycle}${reason === undefined ? "" : `: ${reason}`}`,
  CaseEscalated: ({ fromTier, toTier }) => `escalated from tier ${fromTier} to tier ${toTier}`,
  CaseTaken: ({ assigneeId, previousAssigneeId }, { name }) =>
    `taken by ${name(assigneeId)}${previousAssigneeId === undefined ? "" : ` from ${name(previousAssigneeId)}`}`,
  ReplyWritten: ({ by, personId }, { name }) => `${name(by.id)} answered ${name(personId)}`,
  NoteWritten: ({ by }, { name }) => `${name(by.id)} left a note, for agents only`,
  PriorityChanged: ({ by, from, to, reason }, { name }) =>
    `${name(by.id)} changed the priority from ${from} to ${to}${reason === undefined ? "" : `: ${reason}`}`,
  CaseResolved: ({ by, withWords }, { name }) =>
    `${name(by.id)} resolved it${withWords ? "" : " without words to the customer"}`,
  CaseReopened: () => "reopened by the customer's message",
  CaseLinked: ({ link, linkedCaseId }) => `linked: ${link} ${linkedCaseId.replace(/^case_/, "")}`,
  TriageDeferred: ({ cause }) => `not triaged yet (${cause}); triage is owed`,
};

/** A fact in words. One that this version does not know is named by its type. */
export function factSentence(fact: FactJson, telling: Telling): string {
  const sentence = SENTENCES[fact.type] as ((fact: FactJson, telling: Telling) => string) | undefined;
  return sentence === undefined ? fact.type : sentence(fact, telling);
}

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
  ClockRetargeted: ({ metric, cause, dueBefore, dueAt }, { moments }) => {
    const [before, after] = [moments.dateAndTime(dueBefore), moments.dateAndTime(dueAt)];
    const due = before === after ? `is still due ${after}` : `is due ${after} instead of ${before}`;
    return `${metric} ${due} (${cause})`;
  },
  ClockWarned: ({ metric, percent, dueAt }, { moments }) =>
    `warned: ${Math.round(percent)} % of ${metric} is gone, due ${moments.dateAndTime(dueAt)}`,
  ClockBreached: ({ metric, dueAt, team, tier }, { moments }) =>
    `BREACHED: ${metric} was due ${moments.dateAndTime(dueAt)} (${team}, tier ${tier})`,
  ClockStopped: ({ metric, outcome }) => `${metric} clock stopped: ${outcome}`,
  ClockCancelled: ({ metric, reason }) => `${metric} clock cancelled: ${reason}`,
  ClockReopened: ({ metric, dueAt }, { moments }) => `${metric} clock goes on, due ${moments.dateAndTime(dueAt)}`,
  ClockWaived: ({ by, metric, cycle, reason }, { name }) =>
    `${name(by.id)} excused the breach of ${metric} ${cycle}${reason === undefined ? "" : `: ${reason}`}`,
  CaseEscalated: ({ fromTier, toTier, ruleId, policyVersion }) =>
    `escalated from tier ${fromTier} to tier ${toTier}${ruleId === undefined ? "" : ` (rule ${ruleId}, policy ${policyVersion})`}`,
  CaseTaken: ({ assigneeId, previousAssigneeId }, { name }) =>
    `taken by ${name(assigneeId)}${previousAssigneeId === undefined ? "" : ` from ${name(previousAssigneeId)}`}`,
  CaseAssigned: ({ by, assigneeId }, { name }) => `${name(by.id)} gave it to ${name(assigneeId)}`,
  CaseReleased: ({ previousAssigneeId }, { name }) => `nobody's again, was ${name(previousAssigneeId)}'s`,
  CaseHandedOver: ({ by, from, to, reason }, { name }) =>
    `${name(by.id)} gave it to team ${to}${from === undefined ? "" : ` from ${from}`}${because(reason)}`,
  CollaboratorsChanged: ({ added, removed }, { name }) => `collaborators: ${listChange(added, removed, name)}`,
  StatusChanged: ({ by, from, to, until, ownStatus }, { name, moments }) =>
    `${name(by.id)} moved it from ${from} to ${ownStatus ?? to}${until === undefined ? "" : `, until ${moments.dateAndTime(until)}`}`,
  TagsChanged: ({ added, removed }) => `tags: ${listChange(added, removed, (tag) => tag)}`,
  FieldsChanged: ({ set, cleared }) =>
    `fields: ${[...Object.entries(set).map(([code, value]) => `${code} = ${value}`), ...cleared.map((code) => `${code} emptied`)].join(", ")}`,
  CaseMarked: ({ by, mark }, { name }) => `${name(by.id)} marked it: ${mark}`,
  CaseUnmarked: ({ by, mark }, { name }) => `${name(by.id)} took the mark away: ${mark}`,
  ParticipantAdded: ({ personId, part, seesCase }, { name }) =>
    `${name(personId)} takes part (${part}${seesCase ? ", sees the case" : ""})`,
  ParticipantRemoved: ({ personId }, { name }) => `${name(personId)} takes part no more`,
  CaseMerged: ({ by, fromCaseId, messageIds }, { name }) =>
    `${name(by.id)} merged ${numberIn(fromCaseId)} into it (${messageIds.length === 1 ? "1 message" : `${messageIds.length} messages`})`,
  CaseMergedAway: ({ by, intoCaseId, notify }, { name }) =>
    `${name(by.id)} merged it into ${numberIn(intoCaseId)}${telling(notify)}`,
  CaseUnmerged: ({ by, fromCaseId }, { name }) => `${name(by.id)} took the merge of ${numberIn(fromCaseId)} back`,
  CaseRestored: ({ status }) => `itself again, ${status}: the merge was taken back`,
  MessageSplitOff: ({ by, intoCaseId }, { name }) =>
    `${name(by.id)} made a case of its own of a message: ${numberIn(intoCaseId)}`,
  CaseUnlinked: ({ link, linkedCaseId }) => `link taken away: ${link} ${numberIn(linkedCaseId)}`,
  ReplyWritten: ({ by, personId }, { name }) => `${name(by.id)} answered ${name(personId)}`,
  CallConnected: ({ by, personId }, { name }) => `${name(by.id)} spoke to ${name(personId)}; a note, for agents only`,
  NoteWritten: ({ by }, { name }) => `${name(by.id)} left a note, for agents only`,
  PriorityChanged: ({ by, from, to, reason }, { name }) =>
    `${name(by.id)} changed the priority from ${from} to ${to}${reason === undefined ? "" : `: ${reason}`}`,
  CaseResolved: ({ by, withWords, ownStatus }, { name }) =>
    `${name(by.id)} resolved it${ownStatus === undefined ? "" : ` as ${ownStatus}`}${withWords ? "" : " without words to the customer"}`,
  CaseReopened: () => "reopened by the customer's message",
  CaseLinked: ({ link, linkedCaseId, notify }) => `linked: ${link} ${numberIn(linkedCaseId)}${telling(notify)}`,
  TriageDeferred: ({ cause }) => `not triaged yet (${cause}); triage is owed`,
};

function because(reason: string | undefined): string {
  return reason === undefined ? "" : `: ${reason}`;
}

function telling(notify: boolean | undefined): string {
  return notify === true ? "; the customer is told" : "";
}

function numberIn(caseId: string): string {
  return caseId.replace(/^case_/, "");
}

function listChange(added: readonly string[], removed: readonly string[], name: (one: string) => string): string {
  return [...added.map((one) => `+ ${name(one)}`), ...removed.map((one) => `- ${name(one)}`)].join(", ");
}

/** A fact in words. One that this version does not know is named by its type. */
export function factSentence(fact: FactJson, telling: Telling): string {
  const sentence = SENTENCES[fact.type] as ((fact: FactJson, telling: Telling) => string) | undefined;
  return sentence === undefined ? fact.type : sentence(fact, telling);
}

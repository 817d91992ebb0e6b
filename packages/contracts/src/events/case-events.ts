import * as facts from "@ithaca/domain";
import * as z from "zod/mini";
import { defineFactEvent } from "./fact-event.ts";

/** A message opened a case. */
export const CaseOpened = defineFactEvent(
  "CaseOpened",
  z.pick(facts.CaseOpened, {
    by: true,
    channel: true,
    messageId: true,
    receivedAt: true,
    requesterId: true,
    accountId: true,
    package: true,
    accountTeam: true,
    requestedPriority: true,
    senderVerified: true,
  }),
);

/** A customer's message came. */
export const MessageReceived = defineFactEvent(
  "MessageReceived",
  z.pick(facts.MessageReceived, {
    by: true,
    messageId: true,
    channel: true,
    personId: true,
    receivedAt: true,
    automatic: true,
  }),
);

/** A rule of the policy gave the case its priority. */
export const PriorityClassified = defineFactEvent(
  "PriorityClassified",
  z.pick(facts.PriorityClassified, {
    by: true,
    requested: true,
    priority: true,
    ruleId: true,
    policyVersion: true,
    flag: true,
  }),
);

/** A rule of the policy gave the case its team. */
export const CaseRouted = defineFactEvent(
  "CaseRouted",
  z.pick(facts.CaseRouted, { by: true, team: true, ruleId: true, policyVersion: true }),
);

/** A case that pages came while no team was open. */
export const CoverageGapFound = defineFactEvent(
  "CoverageGapFound",
  z.pick(facts.CoverageGapFound, { by: true, team: true }),
);

/** The case went up a tier. */
export const CaseEscalated = defineFactEvent(
  "CaseEscalated",
  z.pick(facts.CaseEscalated, {
    by: true,
    fromTier: true,
    toTier: true,
    metric: true,
    ruleId: true,
    policyVersion: true,
    tells: true,
  }),
);

/** An agent made the case their own. */
export const CaseTaken = defineFactEvent(
  "CaseTaken",
  z.pick(facts.CaseTaken, { by: true, assigneeId: true, previousAssigneeId: true }),
);

/** Somebody gave the case to an agent. */
export const CaseAssigned = defineFactEvent(
  "CaseAssigned",
  z.pick(facts.CaseAssigned, { by: true, assigneeId: true, previousAssigneeId: true }),
);

/** The case is nobody's again. */
export const CaseReleased = defineFactEvent(
  "CaseReleased",
  z.pick(facts.CaseReleased, { by: true, previousAssigneeId: true }),
);

/** Somebody gave the case to another team. The reason stays on the case. */
export const CaseHandedOver = defineFactEvent(
  "CaseHandedOver",
  z.pick(facts.CaseHandedOver, { by: true, from: true, to: true }),
);

/** Agents joined the work on the case, or left it. */
export const CollaboratorsChanged = defineFactEvent(
  "CollaboratorsChanged",
  z.pick(facts.CollaboratorsChanged, { by: true, added: true, removed: true }),
);

/** The case moved to another status; `until` is when it goes on by itself, `ownStatus` which of the desk's own it is. */
export const StatusChanged = defineFactEvent(
  "StatusChanged",
  z.pick(facts.StatusChanged, { by: true, from: true, to: true, until: true, ownStatus: true }),
);

/** The case's tags changed. Which, people wrote: they stay on the case. */
export const TagsChanged = defineFactEvent("TagsChanged", z.pick(facts.TagsChanged, { by: true }));

/** Fields that the desk's policy defines changed. What is in them stays on the case. */
export const FieldsChanged = defineFactEvent("FieldsChanged", z.pick(facts.FieldsChanged, { by: true, cleared: true }));

/** Somebody marked the case as spam, a test or a false alarm. */
export const CaseMarked = defineFactEvent("CaseMarked", z.pick(facts.CaseMarked, { by: true, mark: true }));

/** Somebody took a mark away. */
export const CaseUnmarked = defineFactEvent("CaseUnmarked", z.pick(facts.CaseUnmarked, { by: true, mark: true }));

/** A person takes part in the case, or another part than before. */
export const ParticipantAdded = defineFactEvent(
  "ParticipantAdded",
  z.pick(facts.ParticipantAdded, { by: true, personId: true, part: true, seesCase: true }),
);

/** A person takes part in the case no more. */
export const ParticipantRemoved = defineFactEvent(
  "ParticipantRemoved",
  z.pick(facts.ParticipantRemoved, { by: true, personId: true }),
);

/** Another case goes on in this one, with its messages. */
export const CaseMerged = defineFactEvent(
  "CaseMerged",
  z.pick(facts.CaseMerged, { by: true, fromCaseId: true, messageIds: true }),
);

/** The case goes on in another one. */
export const CaseMergedAway = defineFactEvent(
  "CaseMergedAway",
  z.pick(facts.CaseMergedAway, { by: true, intoCaseId: true, statusBefore: true }),
);

/** A merge into this case was taken back. */
export const CaseUnmerged = defineFactEvent(
  "CaseUnmerged",
  z.pick(facts.CaseUnmerged, { by: true, fromCaseId: true, messageIds: true }),
);

/** The case is itself again, for its merge was taken back. */
export const CaseRestored = defineFactEvent(
  "CaseRestored",
  z.pick(facts.CaseRestored, { by: true, fromCaseId: true, status: true }),
);

/** A message opened a case of its own. */
export const MessageSplitOff = defineFactEvent(
  "MessageSplitOff",
  z.pick(facts.MessageSplitOff, { by: true, messageId: true, intoCaseId: true }),
);

/** A link of the case was taken away. */
export const CaseUnlinked = defineFactEvent(
  "CaseUnlinked",
  z.extend(z.pick(facts.CaseUnlinked, { by: true, link: true }), { linkedCaseId: facts.CaseUnlinked.shape.caseId }),
);

/** An agent answered the customer. */
export const ReplyWritten = defineFactEvent(
  "ReplyWritten",
  z.pick(facts.ReplyWritten, { by: true, messageId: true, personId: true }),
);

/** An agent spoke to the customer on a call that connected. What was said stays on the case, for agents only. */
export const CallConnected = defineFactEvent(
  "CallConnected",
  z.pick(facts.CallConnected, { by: true, messageId: true, personId: true }),
);

/** An agent left a note for other agents. */
export const NoteWritten = defineFactEvent("NoteWritten", z.pick(facts.NoteWritten, { by: true, messageId: true }));

/** Somebody gave the case another priority. The reason, which a person wrote, stays on the case. */
export const PriorityChanged = defineFactEvent(
  "PriorityChanged",
  z.pick(facts.PriorityChanged, { by: true, from: true, to: true }),
);

/** The case was resolved, with or without words to the customer. */
export const CaseResolved = defineFactEvent(
  "CaseResolved",
  z.pick(facts.CaseResolved, { by: true, withWords: true, ownStatus: true }),
);

/** A customer's message reopened the case. */
export const CaseReopened = defineFactEvent("CaseReopened", z.pick(facts.CaseReopened, { by: true, messageId: true }));

/** The case stands to another one. `caseId` is the case itself, `linkedCaseId` the other. */
export const CaseLinked = defineFactEvent(
  "CaseLinked",
  z.extend(z.pick(facts.CaseLinked, { by: true, link: true }), { linkedCaseId: facts.CaseLinked.shape.caseId }),
);

/** The case opened without triage, which is owed. */
export const TriageDeferred = defineFactEvent(
  "TriageDeferred",
  z.pick(facts.TriageDeferred, { by: true, cause: true }),
);

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
  z.pick(facts.CaseEscalated, { by: true, fromTier: true, toTier: true }),
);

/** An agent made the case their own. */
export const CaseTaken = defineFactEvent(
  "CaseTaken",
  z.pick(facts.CaseTaken, { by: true, assigneeId: true, previousAssigneeId: true }),
);

/** An agent answered the customer. */
export const ReplyWritten = defineFactEvent(
  "ReplyWritten",
  z.pick(facts.ReplyWritten, { by: true, messageId: true, personId: true }),
);

/** An agent left a note for other agents. */
export const NoteWritten = defineFactEvent("NoteWritten", z.pick(facts.NoteWritten, { by: true, messageId: true }));

/** Somebody gave the case another priority. The reason, which a person wrote, stays on the case. */
export const PriorityChanged = defineFactEvent(
  "PriorityChanged",
  z.pick(facts.PriorityChanged, { by: true, from: true, to: true }),
);

/** The case was resolved, with or without words to the customer. */
export const CaseResolved = defineFactEvent("CaseResolved", z.pick(facts.CaseResolved, { by: true, withWords: true }));

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

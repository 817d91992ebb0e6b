import * as domain from "@ithaca/domain";
import { type Fact, Reason } from "@ithaca/domain";
import * as z from "zod/mini";
import { publicFact } from "../../events/announce.ts";
import * as cases from "../../events/case-events.ts";
import * as clocks from "../../events/clock-events.ts";

/** A fact of a case as agents see it: its event's fields, and the reason that a person gave. */
export const RecordedFact = z.discriminatedUnion("type", [
  cases.CaseOpened.recorded,
  cases.MessageReceived.recorded,
  cases.PriorityClassified.recorded,
  cases.CaseRouted.recorded,
  cases.CoverageGapFound.recorded,
  clocks.ClockStarted.recorded,
  clocks.ClockRetargeted.recorded,
  clocks.ClockWarned.recorded,
  clocks.ClockBreached.recorded,
  clocks.ClockStopped.recorded,
  clocks.ClockCancelled.recorded,
  cases.CaseEscalated.recorded,
  cases.CaseTaken.recorded,
  cases.ReplyWritten.recorded,
  cases.NoteWritten.recorded,
  z.extend(cases.PriorityChanged.recorded, { reason: z.optional(Reason) }),
  cases.CaseResolved.recorded,
  cases.CaseReopened.recorded,
  z.extend(cases.CaseLinked.recorded, z.pick(domain.CaseLinked, { notify: true }).shape),
  cases.TriageDeferred.recorded,
  clocks.ClockReopened.recorded,
  z.extend(clocks.ClockWaived.recorded, { reason: z.optional(Reason) }),
  cases.CaseAssigned.recorded,
  cases.CaseReleased.recorded,
  z.extend(cases.CaseHandedOver.recorded, { reason: z.optional(Reason) }),
  cases.CollaboratorsChanged.recorded,
  cases.StatusChanged.recorded,
  z.extend(cases.TagsChanged.recorded, z.pick(domain.TagsChanged, { added: true, removed: true }).shape),
  z.extend(cases.FieldsChanged.recorded, z.pick(domain.FieldsChanged, { set: true }).shape),
  cases.CaseMarked.recorded,
  cases.CaseUnmarked.recorded,
  cases.ParticipantAdded.recorded,
  cases.ParticipantRemoved.recorded,
  cases.CaseMerged.recorded,
  z.extend(cases.CaseMergedAway.recorded, z.pick(domain.CaseMergedAway, { notify: true }).shape),
  cases.CaseUnmerged.recorded,
  cases.CaseRestored.recorded,
  cases.MessageSplitOff.recorded,
  cases.CaseUnlinked.recorded,
  cases.CallConnected.recorded,
]);
export type RecordedFact = z.infer<typeof RecordedFact>;

/** A fact under the version that it made and its place in it, for an answer. Fields that are not public are left out. */
export function recordedFact(fact: Fact, version: number, index: number): RecordedFact {
  return { ...publicFact(fact), version, index } as RecordedFact;
}

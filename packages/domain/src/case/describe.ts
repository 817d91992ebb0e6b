import type { Actor } from "../access/actor.ts";
import type { Field } from "../policy/policy.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { PARTICIPANTS_MAX } from "../text/limits.ts";
import type { Instant } from "../time/instant.ts";
import type { Case, FieldValue, Participant } from "./case.ts";
import { type Decision, type RefusedField, refuse } from "./decision.ts";

/** The tags of a case: the whole list as it is to be. */
export function setTags(current: Case, tags: readonly string[], now: Instant, by: Actor): Decision {
  const wanted = [...new Set(tags)];
  const added = wanted.filter((tag) => !current.tags.includes(tag));
  const removed = current.tags.filter((tag) => !wanted.includes(tag));
  return added.length === 0 && removed.length === 0 ? [] : [{ type: "TagsChanged", at: now, by, added, removed }];
}

/**
 * The fields of a case: all of them as they are to be. Which there are and what they hold, the policy says; a refusal
 * names each that is wrong.
 */
export function setFields(
  current: Case,
  fields: Readonly<Record<string, FieldValue>>,
  { policy }: Rulebook,
  now: Instant,
  by: Actor,
): Decision {
  const set = Object.fromEntries(Object.entries(fields).filter(([code, value]) => current.fields[code] !== value));
  const unknown: RefusedField[] = [];
  const wrong: RefusedField[] = [];
  for (const [code, value] of Object.entries(set)) {
    const field = (policy.fields ?? []).find((one) => one.code === code);
    const path = `fields.${code}`;
    if (field === undefined) unknown.push({ path, message: "is no field of this desk" });
    else if (!fits(field, value)) wrong.push({ path, message: whatFits(field) });
  }
  if (unknown.length > 0) return refuse("unknown-field", [...unknown, ...wrong]);
  if (wrong.length > 0) return refuse("wrong-field", wrong);
  const cleared = Object.keys(current.fields).filter((code) => !(code in fields));
  if (Object.keys(set).length === 0 && cleared.length === 0) return [];
  return [{ type: "FieldsChanged", at: now, by, set, cleared }];
}

function fits({ kind, choices = [] }: Field, value: FieldValue): boolean {
  switch (kind) {
    case "text":
      return typeof value === "string";
    case "number":
      return typeof value === "number";
    case "yes-no":
      return typeof value === "boolean";
    case "choice":
      return typeof value === "string" && choices.includes(value);
  }
}

function whatFits({ kind, choices = [] }: Field): string {
  switch (kind) {
    case "text":
      return "must be a text";
    case "number":
      return "must be a number";
    case "yes-no":
      return "must be true or false";
    case "choice":
      return oneOf(choices);
  }
}

/** Choices are named to whoever chose none of them, as long as they fit into a line of so many characters. */
const CHOICES_LINE_MAX_LENGTH = 120;

function oneOf(choices: readonly string[]): string {
  const named = choices.join(", ");
  return named.length > CHOICES_LINE_MAX_LENGTH
    ? `must be one of its ${choices.length} choices, which the policy lists`
    : `must be one of: ${named}`;
}

/** Adds a person to a case, or gives one who takes part already another part. The requester stays what they are. */
export function addParticipant(current: Case, participant: Participant, now: Instant, by: Actor): Decision {
  const { personId } = participant;
  if (personId === current.requesterId) return refuse("is-requester");
  const before = current.participants.find((one) => one.personId === personId);
  if (before === undefined && current.participants.length >= PARTICIPANTS_MAX) return refuse("too-many-participants");
  if (before?.part === participant.part && before.seesCase === participant.seesCase) return [];
  return [{ type: "ParticipantAdded", at: now, by, ...participant }];
}

/** Takes a person off a case. */
export function removeParticipant(current: Case, personId: string, now: Instant, by: Actor): Decision {
  if (personId === current.requesterId) return refuse("is-requester");
  if (!current.participants.some((one) => one.personId === personId)) return refuse("unknown-person");
  return [{ type: "ParticipantRemoved", at: now, by, personId }];
}

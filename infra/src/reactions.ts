import { EscalationOwed, MailOwed, TimerOwed, TriageOwed } from "@ithaca/contracts";
import type { Manifest } from "@ithaca/functions/manifest";

/** What reacts to each kind of owed effect, by the event that tells of it. */
const OWED_EVENTS = {
  mail: MailOwed.type,
  timer: TimerOwed.type,
  escalation: EscalationOwed.type,
  triage: TriageOwed.type,
} as const;
export type ReactionKind = keyof typeof OWED_EVENTS;
export const REACTION_KINDS = Object.keys(OWED_EVENTS) as readonly ReactionKind[];

/** The one function that does what is owed of a kind. Throws when there is none or more than one. */
export function reactionTo(kind: ReactionKind, manifests: readonly Manifest[]): Manifest {
  const reactions = manifests.filter(
    ({ trigger }) => trigger.kind === "events" && trigger.events.some(({ type }) => type === OWED_EVENTS[kind]),
  );
  const [reaction] = reactions;
  if (reaction === undefined || reactions.length > 1) {
    const found = reactions.map(({ name }) => name).join(", ") || "none does";
    throw new Error(`one function must react to ${OWED_EVENTS[kind]}: ${found}`);
  }
  return reaction;
}

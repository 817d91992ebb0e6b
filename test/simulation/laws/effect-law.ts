import { ATTEMPTS_MAX, CATEGORY_OF, type Case, type Effect, isOwed } from "@ithaca/domain";
import { UNREACHED } from "../workload/cast.ts";
import { same } from "./same.ts";

interface EffectWorld {
  readonly violated: (law: string, what: string) => void;
  /** Whether SES took a mail of this effect. */
  readonly wasSent: (effectId: string) => boolean;
  readonly caseOf: (caseId: string) => Case | undefined;
  /** Whether its sender has been a verified one for so long that everybody knows. */
  readonly isKnownVerified: (caseId: string) => boolean;
}

/** Mail whose sender was never heard of again may have gone out: after so many times it is not tried again. */
const LAPSES_MAX = 1;

/** A claim runs out by the clock of whoever claims next, which is ahead by so much at most. */
const AHEAD_MS = 5_000;

/** Law 9: what is owed ends once, done or abandoned with a reason that is true. */
export function openEffectLaw({ violated, wasSent, caseOf, isKnownVerified }: EffectWorld) {
  function onEffect(before: Effect | undefined, after: Effect, at: number): void {
    if (before === undefined) onBirth(after);
    else if (!isOwed(before)) onceEnded(before, after);
    else if (repeatsOf(after) !== repeatsOf(before)) onRest(before, after);
    else onProgress(before, after, at);
  }

  function onBirth({ id, status }: Effect): void {
    if (status !== "pending" && status !== "abandoned") violated("effects", `${id} was born ${status}`);
  }

  /** It stays as it ended. Who may finish what was abandoned is for the law of tasks. */
  function onceEnded(before: Effect, after: Effect): void {
    if (same({ ...before, taskDone: after.taskDone }, after)) return;
    violated("effects", `${after.id} was ${before.status} and became ${after.status}`);
  }

  function onProgress(before: Effect, after: Effect, at: number): void {
    const { id, status, attempts, nextAttemptAt } = after;
    if (attempts < before.attempts || attempts > before.attempts + 1) {
      violated("effects", `${id} went from ${before.attempts} to ${attempts} attempts`);
    }
    // Whoever puts a claimed mail on its queue again, or begins with it, leaves its claim as it is.
    if (status === "claimed" && nextAttemptAt !== before.nextAttemptAt) onClaim(before, after, at);
    if (status === "done") onDone(after);
    if (status !== "abandoned") return;
    const lie = lieIn(after);
    if (lie !== undefined) violated("effects", `${id} was abandoned as ${after.reason}: ${lie}`);
  }

  /** Nobody claims what another has. Each claim counts, and one that ran out counts as a lapse if its doing had begun, and then only. */
  function onClaim(before: Effect, { id, attempts, begun, lapses = 0 }: Effect, at: number): void {
    const heldUntil = before.status === "claimed" ? (before.nextAttemptAt ?? at) : at;
    if (heldUntil > at + AHEAD_MS) violated("effects", `${id} was claimed while somebody else had it`);
    if (attempts === before.attempts) violated("effects", `${id} was claimed and not counted`);
    if (begun !== false) violated("effects", `${id} was claimed as if it had begun`);
    const expected = (before.lapses ?? 0) + (before.begun === true ? 1 : 0);
    if (lapses !== expected) violated("effects", `${id} counts ${lapses} lapses, and there were ${expected}`);
  }

  /** Put on its queue again, it is as it was: in the same hands, and to be had at the same time. */
  function onRest(before: Effect, after: Effect): void {
    const { repeats: _, ...same } = after;
    const { repeats: _before, ...as } = before;
    const isCounted = repeatsOf(after) === repeatsOf(before) + 1;
    if (!isCounted || JSON.stringify(same) !== JSON.stringify(as)) {
      violated("effects", `${after.id} was put on its queue again and changed, or was not counted`);
    }
  }

  function onDone(after: Effect): void {
    const { id, owed } = after;
    if (owed.kind === "mail" && !wasSent(id)) violated("effects", `${id} is done, and was not sent`);
    if (owed.kind === "escalation" && tierOf(after) <= owed.fromTier)
      violated("effects", `${id} is done, and its case is still on tier ${owed.fromTier}`);
  }

  function tierOf({ caseId }: Effect): number {
    return caseOf(caseId)?.tier ?? 0;
  }

  /** An escalation is past once its case is done or has left the tier. */
  function isStillDue(caseId: string, owed: Effect["owed"]): boolean {
    const current = caseOf(caseId);
    if (owed.kind !== "escalation" || current === undefined) return false;
    return CATEGORY_OF[current.status] !== "done" && current.tier === owed.fromTier;
  }

  /** Why an effect cannot have been abandoned for its reason. */
  function lieIn({ caseId, attempts, lapses = 0, owed, reason }: Effect): string | undefined {
    const lies: Partial<Record<NonNullable<typeof reason>, () => boolean>> = {
      "attempts-exhausted": () => owed.kind !== "mail" || (attempts < ATTEMPTS_MAX && lapses <= LAPSES_MAX),
      "budget-spent": () => isKnownVerified(caseId),
      superseded: () => (owed.kind === "mail" ? !PASSING.has(owed.template) : isStillDue(caseId, owed)),
      refused: () => owed.kind !== "escalation",
      // Everybody here but one has an address, and mail is on.
      "mail-off": () => true,
      "no-address": () => owed.kind !== "mail" || owed.to.kind !== "person" || owed.to.personId !== UNREACHED,
      // These two are known when it is born.
      "automatic-mail": () => true,
      "sender-not-verified": () => true,
    };
    return reason !== undefined && lies[reason]?.() === true ? `${owed.kind}, ${attempts} attempts` : undefined;
  }

  return {
    onEffect,
    atEnd(effects: Iterable<Effect>): void {
      for (const { id, owed, status } of [...effects].filter(isOwed)) {
        violated("owed-for-ever", `${id} (${owed.kind}) is still ${status}`);
      }
    },
  };
}

function repeatsOf({ repeats = 0 }: Effect): number {
  return repeats;
}

/** What these mails tell may be past before they are sent. */
const PASSING: ReadonlySet<string> = new Set(["warning", "on-call-page", "merged", "split"]);

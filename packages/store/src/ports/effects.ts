import type { AbandonReason, Effect, Instant } from "@ithaca/domain";
import type { Page } from "./cases.ts";

export type Ending = { status: "done"; outcome?: string } | { status: "abandoned"; reason: AbandonReason };

/** What is owed, with its progress. Nothing here touches the case's version. */
export interface Effects {
  read(caseId: string, effectId: string): Promise<Effect | undefined>;
  /** Everything a case owes or owed, newest last; at most `limit` (1–500). */
  ofCase(caseId: string, limit: number): Promise<Effect[]>;
  /**
   * Takes an effect for `leaseMs`: pending, or claimed by somebody whose lease ran out. Undefined: not to be had (done,
   * abandoned, or in other hands). Counts the attempt.
   */
  claim(caseId: string, effectId: string, now: Instant, leaseMs: number): Promise<Effect | undefined>;
  /**
   * Says, just before, that whoever claimed it does what cannot be undone: should the claim run out, it counts as a lapse.
   * False: it is in other hands by now, or has ended, and must not be done.
   */
  begin(claimed: Pick<Effect, "caseId" | "id" | "attempts">): Promise<boolean>;
  /** Records how it ended; false when it had ended already. */
  end(caseId: string, effectId: string, ending: Ending, now: Instant): Promise<boolean>;
  /** Gives it back after a failure, to be tried again from `nextAttemptAt`. Never reopens what has ended. */
  release(caseId: string, effectId: string, nextAttemptAt: Instant): Promise<void>;
  /**
   * Lets an effect rest that is put on its queue again: `overdue` does not name it before `restMs` have passed. Nobody has
   * it meanwhile: it is claimed as before. Counts the repeat. False: it has ended, or rests already.
   */
  rest(effect: Pick<Effect, "caseId" | "id" | "repeats">, now: Instant, restMs: number): Promise<boolean>;
  /** Effects whose next attempt was due before an instant, from the sparse index, and how many there cannot be read. */
  overdue(before: Instant, limit: number, cursor?: string): Promise<Page<Effect> & { unreadable?: number }>;
  /**
   * The open tasks of an agent: mail of their replies that was abandoned and that nobody has seen to, oldest first. `limit` is
   * 1–100. Throws InvalidCursor.
   */
  openTasks(agentId: string, limit: number, cursor?: string): Promise<Page<Effect>>;
  /** Takes an open task off its agent's list; keeps who did it, and when. False: there is none, or it was done already. */
  endTask(task: Effect, by: string, now: Instant): Promise<boolean>;
  /** At most one automatic mail per address and day to those whom nobody vouches for; the same effect may ask again. */
  spendMailBudget(address: string, on: string, effectId: string): Promise<boolean>;
}

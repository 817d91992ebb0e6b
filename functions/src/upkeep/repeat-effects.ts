import { announceEffect } from "@ithaca/contracts";
import { ATTEMPTS_MAX, backoffMs, type Effect, plus, SECOND_MS } from "@ithaca/domain";
import type { DeskState } from "@ithaca/store";
import type { Run } from "../runtime/on-schedule.ts";
import type { Ports } from "../runtime/ports.ts";
import { pageThrough } from "./page-through.ts";

/** What repeating effects takes. */
export type RepeatEffectsPorts = Pick<Ports, "effects" | "desk" | "reactions" | "clock" | "count"> & {
  readonly settings: { readonly RECONCILE_GRACE_SECONDS: number };
};

/** Sends what has been owed too long to the queue of its kind again, as the bus would have. */
export async function repeatEffects(desk: DeskState, { remainingMs }: Run, ports: RepeatEffectsPorts): Promise<void> {
  const { effects, clock, settings } = ports;
  const before = plus(clock(), -settings.RECONCILE_GRACE_SECONDS * SECOND_MS);
  await pageThrough(
    (limit, cursor) => effects.overdue(before, limit, cursor),
    (effect) => repeat(effect, desk, ports),
    remainingMs,
  );
}

async function repeat(effect: Effect, desk: DeskState, ports: RepeatEffectsPorts): Promise<void> {
  const { effects, reactions, clock, count } = ports;
  const isMail = effect.owed.kind === "mail";
  if (isMail && desk.outbound === "held") return;

  if (effect.attempts >= ATTEMPTS_MAX) {
    const ending = { status: "abandoned", reason: "attempts-exhausted" } as const;
    if (await effects.end(effect.caseId, effect.id, ending, clock())) count("effects-exhausted");
    return;
  }

  // Mail is claimed by whoever sends it. The other kinds are claimed by nobody, so that their attempts are counted here.
  if (!isMail && !(await restUntilNextAttempt(effect, ports))) return;
  await reactions.send(effect.owed.kind, announceEffect(effect));
  count("effects-repeated");
}

/** False: it has ended since the list was read, or another run has it. */
async function restUntilNextAttempt(
  { caseId, id, attempts }: Effect,
  { effects, clock }: RepeatEffectsPorts,
): Promise<boolean> {
  return (await effects.claim(caseId, id, clock(), backoffMs(attempts + 1))) !== undefined;
}

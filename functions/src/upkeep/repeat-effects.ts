import { announceEffect } from "@ithaca/contracts";
import { ATTEMPTS_MAX, backoffMs, type Effect, type OwedKind, plus, SECOND_MS } from "@ithaca/domain";
import type { DeskState } from "@ithaca/store";
import type { Run } from "../runtime/on-schedule.ts";
import type { Ports } from "../runtime/ports.ts";
import { pageThrough } from "./page-through.ts";

/** What repeating effects takes. */
export type RepeatEffectsPorts = Pick<Ports, "effects" | "desk" | "reactions" | "clock" | "count" | "measure"> & {
  readonly settings: { readonly RECONCILE_GRACE_SECONDS: number };
};

/** A case without triage has no clock and no team, and nothing else would ever give it one. */
const NEVER_GIVEN_UP: ReadonlySet<OwedKind> = new Set(["triage"]);

/** Sends what has been owed too long to the queue of its kind again, as the bus would have. */
export async function repeatEffects(desk: DeskState, { remainingMs }: Run, ports: RepeatEffectsPorts): Promise<void> {
  const { effects, clock, count, settings } = ports;
  const before = plus(clock(), -settings.RECONCILE_GRACE_SECONDS * SECOND_MS);
  await pageThrough(
    async (limit, cursor) => {
      const page = await effects.overdue(before, limit, cursor);
      if (page.unreadable !== undefined) count("effects-unreadable", page.unreadable);
      return page;
    },
    (effect) => repeat(effect, desk, ports),
    remainingMs,
  );
}

async function repeat(effect: Effect, desk: DeskState, ports: RepeatEffectsPorts): Promise<void> {
  const { effects, reactions, clock, count, measure } = ports;
  const isMail = effect.owed.kind === "mail";
  if (isMail && desk.outbound === "held") return;
  measure("longest-owed-seconds", Math.round((clock() - effect.owedAt) / SECOND_MS));

  if (effect.attempts >= ATTEMPTS_MAX && !NEVER_GIVEN_UP.has(effect.owed.kind)) {
    const ending = { status: "abandoned", reason: "attempts-exhausted" } as const;
    if (await effects.end(effect.caseId, effect.id, ending, clock())) count("effects-exhausted");
    return;
  }

  // Mail is claimed by whoever sends it. The other kinds are claimed by nobody, so that their attempts are counted here.
  if (!(await (isMail ? rest(effect, ports) : restUntilNextAttempt(effect, ports)))) return;
  await reactions.send(effect.owed.kind, announceEffect(effect));
  count("effects-repeated");
}

/** So long a queue that has many mails before this one is left alone, longer each time. False: another run has it. */
async function rest(effect: Effect, { effects, clock }: RepeatEffectsPorts): Promise<boolean> {
  const { attempts, repeats = 0 } = effect;
  return await effects.rest(effect, clock(), backoffMs(attempts + repeats + 1));
}

/** False: it has ended since the list was read, or another run has it. */
async function restUntilNextAttempt(
  { caseId, id, attempts }: Effect,
  { effects, clock }: RepeatEffectsPorts,
): Promise<boolean> {
  return (await effects.claim(caseId, id, clock(), backoffMs(attempts + 1))) !== undefined;
}

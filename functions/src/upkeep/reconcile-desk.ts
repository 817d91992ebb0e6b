import { connect } from "../runtime/connect.ts";
import { onSchedule, type Run } from "../runtime/on-schedule.ts";
import { toReactions } from "../runtime/to-reactions.ts";
import { toTable } from "../runtime/to-table.ts";
import { toWakeUps } from "../runtime/to-wake-ups.ts";
import { manifest } from "./reconcile-desk.manifest.ts";
import { type RepeatEffectsPorts, repeatEffects } from "./repeat-effects.ts";
import { type RepeatWakeUpsPorts, repeatWakeUps } from "./repeat-wake-ups.ts";

/**
 * Does again what has been owed or due too long, and counts it: on a good day nothing. So a lost event, a failing
 * function, a timer that never woke and a restored backup are one and the same small matter (design.md, Journey).
 */
export async function reconcileDesk(run: Run, ports: RepeatEffectsPorts & RepeatWakeUpsPorts): Promise<void> {
  const desk = await ports.desk.read();
  // Clocks first: however much mail is owed, they are not kept waiting.
  await repeatWakeUps(desk, run, ports);
  await repeatEffects(desk, run, ports);
}

export const handler = onSchedule(manifest, reconcileDesk, connect(toTable, toReactions, toWakeUps));

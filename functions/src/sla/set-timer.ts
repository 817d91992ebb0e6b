import type { DetailOf, TimerOwed } from "@ithaca/contracts";
import { ARMED_AHEAD_MS, isOwed } from "@ithaca/domain";
import { connect } from "../runtime/connect.ts";
import { onMessage } from "../runtime/on-message.ts";
import type { Ports } from "../runtime/ports.ts";
import { toTable } from "../runtime/to-table.ts";
import { toTimers } from "../runtime/to-timers.ts";
import { manifest } from "./set-timer.manifest.ts";
import { timerName } from "./timer-name.ts";

type SetTimerPorts = Pick<Ports, "cases" | "effects" | "desk" | "timers" | "clock">;

/**
 * Sets the timer that a case wants now, which may be another than the one that was owed: a wake-up that moved later owes
 * no timer of its own while an earlier one is on its way. One that is too far ahead is left to the sweep.
 */
export async function setTimer(
  { caseId, effectId }: Pick<DetailOf<typeof TimerOwed>, "caseId" | "effectId">,
  ports: SetTimerPorts,
): Promise<void> {
  const { cases, effects, desk, timers, clock } = ports;
  const effect = await effects.read(caseId, effectId);
  if (effect === undefined || !isOwed(effect)) return;
  const [found, { epoch }] = await Promise.all([cases.readWithProjection(caseId), desk.read()]);
  if (found === undefined) throw new Error(`${caseId} is not there`);

  const { wakeAt } = found.projection;
  if (wakeAt === undefined || wakeAt > clock() + ARMED_AHEAD_MS) {
    await effects.end(caseId, effectId, { status: "abandoned", reason: "superseded" }, clock());
    return;
  }

  const name = timerName({ epoch, caseId, wakeAt, leg: effect.version });
  await timers.start({ name, caseId, wakeAt, epoch });
  await effects.end(caseId, effectId, { status: "done", outcome: name }, clock());
}

export const handler = onMessage(manifest, setTimer, connect(toTable, toTimers));

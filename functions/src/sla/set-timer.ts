import type { DetailOf, TimerOwed } from "@ithaca/contracts";
import { ARMED_AHEAD_MS, isOwed, plus } from "@ithaca/domain";
import { connect } from "../runtime/connect.ts";
import { onMessage } from "../runtime/on-message.ts";
import type { Ports } from "../runtime/ports.ts";
import { toTable } from "../runtime/to-table.ts";
import { toTimers } from "../runtime/to-timers.ts";
import { manifest } from "./set-timer.manifest.ts";
import { EARLY_MAX_MS, FIRST_LEG, timerName } from "./timer-name.ts";

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

  const set = async (leg: number) => {
    const name = timerName({ epoch, caseId, wakeAt, leg });
    return { name, outcome: await timers.start({ name, caseId, wakeAt, epoch }) };
  };
  const first = await set(FIRST_LEG);
  // A name that is taken is that of a timer that waits, the sweep's or its own; one so near may have rung, and wakes nobody.
  const mayHaveRung = wakeAt <= plus(clock(), EARLY_MAX_MS);
  const { name } = first.outcome === "set-already" && mayHaveRung ? await set(effect.version) : first;
  await effects.end(caseId, effectId, { status: "done", outcome: name }, clock());
}

export const handler = onMessage(manifest, setTimer, connect(toTable, toTimers));

import { ARMED_AHEAD_MS, HOUR_MS, type Instant, instant, MINUTE_MS, plus, SECOND_MS } from "@ithaca/domain";
import type { WakeUp } from "@ithaca/store";
import { connect } from "../runtime/connect.ts";
import { onSchedule, type Run } from "../runtime/on-schedule.ts";
import type { Ports } from "../runtime/ports.ts";
import { toTable } from "../runtime/to-table.ts";
import { toTimers } from "../runtime/to-timers.ts";
import { manifest } from "./arm-wake-ups.manifest.ts";
import { FIRST_LEG, timerName } from "./timer-name.ts";

/** How long after a sweep the next one is due. */
const SWEEP_EVERY_MS = HOUR_MS;
/** How far the index of wake-ups may lag behind the cases: so much is looked at again. */
const OVERLAP_MS = 10 * MINUTE_MS;
/** How many timers are set at the same time, and after how many such pages it is kept how far the sweep came. */
const AT_ONCE = 25;
const PAGES_BETWEEN_SAVES = 20;
/** What a run keeps for ending in good order. */
const RESERVE_MS = 10 * SECOND_MS;

type ArmWakeUpsPorts = Pick<Ports, "cases" | "desk" | "timers" | "clock" | "count">;

/**
 * Sets the timers of all wake-ups of the next 25 hours that no effect has set, once an hour, soonest first. How far it
 * came is kept, so that a run that has no time left leaves the rest to the next. What is set twice is set once.
 */
export async function armWakeUps({ remainingMs }: Run, ports: ArmWakeUpsPorts): Promise<void> {
  const { cases, desk, clock } = ports;
  const { epoch, armedUntil } = await desk.read();
  const now = clock();
  if (armedUntil > now + ARMED_AHEAD_MS - SWEEP_EVERY_MS) return;

  const from = instant(Math.max(0, armedUntil - OVERLAP_MS));
  const until = plus(now, ARMED_AHEAD_MS);
  let cursor: string | undefined;
  let reached = armedUntil;
  for (let pages = 1; ; pages += 1) {
    const page = await cases.wakeUps(from, until, AT_ONCE, cursor);
    await arm(page.items, epoch, ports);
    reached = instant(Math.max(reached, page.items.at(-1)?.wakeAt ?? 0));
    cursor = page.cursor;
    if (cursor === undefined) return await keep(until, epoch, ports);

    const outOfTime = remainingMs() < RESERVE_MS;
    if (outOfTime || pages % PAGES_BETWEEN_SAVES === 0) await keep(reached, epoch, ports);
    if (outOfTime) return;
  }
}

async function arm(wakeUps: readonly WakeUp[], epoch: number, { timers, count }: ArmWakeUpsPorts): Promise<void> {
  const set = await Promise.all(
    wakeUps.map(({ caseId, wakeAt }) =>
      timers.start({ name: timerName({ epoch, caseId, wakeAt, leg: FIRST_LEG }), caseId, wakeAt, epoch }),
    ),
  );
  count("timers-armed", set.filter((outcome) => outcome === "started").length);
}

/** Not when an import meanwhile began another epoch, in which nothing is armed. */
async function keep(reached: Instant, epoch: number, { desk }: ArmWakeUpsPorts): Promise<void> {
  if ((await desk.read()).epoch === epoch) await desk.setArmedUntil(reached);
}

export const handler = onSchedule(manifest, armWakeUps, connect(toTable, toTimers));

import { type Instant, instant, plus, SECOND_MS } from "@ithaca/domain";
import type { DeskState } from "@ithaca/store";
import type { Run } from "../runtime/on-schedule.ts";
import type { Ports } from "../runtime/ports.ts";
import { pageThrough } from "./page-through.ts";

/** A timer may be late by so much before its case is woken without it (sla.md, Timers). */
const OVERDUE_MS = 90 * SECOND_MS;
const EARLIEST: Instant = instant(0);

/** What repeating wake-ups takes. */
export type RepeatWakeUpsPorts = Pick<Ports, "cases" | "desk" | "wakeUps" | "clock" | "count">;

/** Wakes the cases whose wake-up is overdue, soonest first. */
export async function repeatWakeUps(
  { epoch }: DeskState,
  { remainingMs }: Run,
  { cases, wakeUps, clock, count }: RepeatWakeUpsPorts,
): Promise<void> {
  const before = plus(clock(), -OVERDUE_MS);
  await pageThrough(
    (limit, cursor) => cases.wakeUps(EARLIEST, before, limit, cursor),
    async ({ caseId, wakeAt }) => {
      await wakeUps.send({ caseId, wakeAt, epoch }, 0);
      count("wake-ups-repeated");
    },
    remainingMs,
  );
}

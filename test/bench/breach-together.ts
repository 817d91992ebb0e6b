import { setTimeout as sleep } from "node:timers/promises";
import { type DayHours, instant, instantOf, MINUTE_MS, SECOND_MS, toIso } from "@ithaca/domain";
import type { BenchDesk } from "./bench-desk.ts";
import { createCases, drained } from "./create-cases.ts";
import { percentile, rounded } from "./percentile.ts";

/** How late the breaches of many clocks were that were due at one instant. */
export interface BreachFigures {
  readonly clocks: number;
  readonly breached: number;
  readonly latenessP50Seconds: number;
  readonly latenessMaxSeconds: number;
  /** From the due until every escalation was recorded and every notice sent. */
  readonly allDoneAfterSeconds: number;
}

/** The clocks run from an opening that is far enough ahead for all cases to be there before it. */
const OPENS_AHEAD_MS = 45 * SECOND_MS;
const PROMISED_SECONDS = 5;
const CLIENTS = 8;
/** How long after the due the last breach is waited for. */
const BREACHED_WITHIN_MS = 120 * SECOND_MS;
const POLL_MS = 250;
const OPEN_MS = 60 * MINUTE_MS;

/** Opens cases while the team is closed, so that all their clocks begin and are due together, and nobody answers. */
export async function breachTogether(desk: BenchDesk, clocks: number): Promise<BreachFigures> {
  const opensAt = Math.ceil((Date.now() + OPENS_AHEAD_MS) / MINUTE_MS) * MINUTE_MS;
  const hours: DayHours[number] = [wallTime(opensAt), wallTime(opensAt + OPEN_MS)];
  await desk.promise({ hours, seconds: PROMISED_SECONDS, warnAtPercents: [] });

  const dueAt = opensAt + PROMISED_SECONDS * SECOND_MS;
  const { caseIds } = await createCases(desk, CLIENTS, clocks);
  if (Date.now() > opensAt) throw new Error("the cases were not there before the team opened");

  await sleep(dueAt - Date.now());
  await allWoken(desk, dueAt);
  await drained(desk);
  const doneAt = Date.now();
  const lateness = await latenessMs(desk, caseIds, dueAt);
  return {
    clocks,
    breached: lateness.length,
    latenessP50Seconds: rounded(percentile(lateness, 0.5) / 1_000, 2),
    latenessMaxSeconds: rounded(Math.max(...lateness) / 1_000, 2),
    allDoneAfterSeconds: rounded((doneAt - dueAt) / 1_000, 1),
  };
}

/** Waits until no wake-up of that instant is left: a breached case has none any more. */
async function allWoken({ store }: BenchDesk, dueAt: number): Promise<void> {
  const giveUpAt = dueAt + BREACHED_WITHIN_MS;
  while (Date.now() < giveUpAt) {
    const { items } = await store.cases.wakeUps(instant(0), instant(dueAt + SECOND_MS), 1);
    if (items.length === 0) return;
    await sleep(POLL_MS);
  }
}

/** How long after the due the breach of each case was recorded; cases without one are left out. */
async function latenessMs({ store }: BenchDesk, caseIds: readonly string[], dueAt: number): Promise<number[]> {
  const breaches: (number | undefined)[] = [];
  for (const caseId of caseIds) breaches.push(await breachOf(store, caseId, dueAt));
  return breaches.flatMap((at) => (at === undefined ? [] : [at - dueAt]));
}

async function breachOf(store: BenchDesk["store"], caseId: string, dueAt: number): Promise<number | undefined> {
  const facts = (await store.cases.facts(caseId, 0, 20)).flatMap((recorded) => recorded.facts);
  const breach = facts.find((fact) => fact.type === "ClockBreached");
  if (breach === undefined) return undefined;
  if (breach.type === "ClockBreached" && breach.dueAt !== dueAt) {
    throw new Error(`${caseId} was due at ${toIso(breach.dueAt)} and not at ${toIso(instant(dueAt))}`);
  }
  return breach.at;
}

function wallTime(at: number): string {
  return toIso(instantOf(new Date(at).toISOString())).slice("2026-01-31T".length, "2026-01-31T08:30".length);
}

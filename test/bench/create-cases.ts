import { setTimeout as sleep } from "node:timers/promises";
import { type Effect, instant, isOwed } from "@ithaca/domain";
import type { BenchDesk } from "./bench-desk.ts";
import { percentile, rounded } from "./percentile.ts";

/** What creating cases cost, with everything that follows from them running at the same time. */
export interface CreateFigures {
  readonly clients: number;
  readonly cases: number;
  readonly createsPerSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** From the last answer until nothing was owed any more. */
  readonly drainedAfterSeconds: number;
  /** From the creation of a case until all that followed from it was done: half of the cases, and the slowest. */
  readonly doneP50Seconds: number;
  readonly doneMaxSeconds: number;
  /** Effects that were not done in the end. There must be none. */
  readonly notDone: number;
}

const DRAIN_TIMEOUT_MS = 180_000;
/** Seldom enough that looking does not hold up what is looked for. */
const DRAIN_POLL_MS = 250;
/** So many cases are looked at together when all is over. */
const READ_AT_ONCE = 16;

/** Creates cases by `clients` at once, each its next when the last is answered, and waits until all is done. */
export async function createCases(
  desk: BenchDesk,
  clients: number,
  cases: number,
): Promise<{ readonly figures: CreateFigures; readonly caseIds: readonly string[] }> {
  const latencies: number[] = [];
  const caseIds: string[] = [];
  let left = cases;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (left > 0) {
        left -= 1;
        const askedAt = performance.now();
        const { caseId } = await desk.sendMessage();
        latencies.push(performance.now() - askedAt);
        caseIds.push(caseId);
      }
    }),
  );
  const createdAt = performance.now();
  await drained(desk);
  const drainedAt = performance.now();

  const spans = await doneAfterMs(desk, caseIds);
  const figures = {
    clients,
    cases,
    createsPerSecond: rounded(cases / ((createdAt - startedAt) / 1_000), 1),
    p50Ms: rounded(percentile(latencies, 0.5)),
    p95Ms: rounded(percentile(latencies, 0.95)),
    drainedAfterSeconds: rounded((drainedAt - createdAt) / 1_000, 2),
    doneP50Seconds: rounded(percentile(spans.done, 0.5) / 1_000, 2),
    doneMaxSeconds: rounded(Math.max(...spans.done) / 1_000, 2),
    notDone: spans.notDone,
  };
  return { figures, caseIds };
}

/** Waits until the index of what is owed is empty: everything up to a year from now. */
export async function drained({ store }: BenchDesk): Promise<void> {
  const giveUpAt = performance.now() + DRAIN_TIMEOUT_MS;
  for (;;) {
    const { items } = await store.effects.overdue(instant(Date.now() + 365 * 86_400_000), 1);
    if (items.length === 0) return;
    if (performance.now() > giveUpAt)
      throw new Error(`something is owed after ${DRAIN_TIMEOUT_MS} ms: ${items[0]?.id}`);
    await sleep(DRAIN_POLL_MS);
  }
}

/** How long after it was owed the last effect of each case was done. */
async function doneAfterMs(
  { store }: BenchDesk,
  caseIds: readonly string[],
): Promise<{ done: number[]; notDone: number }> {
  const effects: Effect[][] = [];
  for (let from = 0; from < caseIds.length; from += READ_AT_ONCE) {
    const some = caseIds.slice(from, from + READ_AT_ONCE);
    effects.push(...(await Promise.all(some.map((caseId) => store.effects.ofCase(caseId, 100)))));
  }
  return {
    done: effects.map((ofCase) => Math.max(...ofCase.map(({ owedAt, endedAt }) => (endedAt ?? owedAt) - owedAt))),
    notDone: effects.flat().filter((effect) => isOwed(effect) || effect.status === "abandoned").length,
  };
}

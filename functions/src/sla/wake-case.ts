import { ARMED_AHEAD_MS, type Fact, type Instant, project, SECOND_MS, system, wake } from "@ithaca/domain";
import { connect } from "../runtime/connect.ts";
import { onMessage } from "../runtime/on-message.ts";
import type { Ports } from "../runtime/ports.ts";
import type { WakeUp } from "../runtime/queues.ts";
import { toTable } from "../runtime/to-table.ts";
import { toTimers } from "../runtime/to-timers.ts";
import { toWakeUps } from "../runtime/to-wake-ups.ts";
import { EARLY_MAX_MS, epochSeconds, timerName } from "./timer-name.ts";
import { manifest } from "./wake-case.manifest.ts";

const BY = system(manifest.name);

type WakeCasePorts = Pick<Ports, "cases" | "rulebooks" | "desk" | "timers" | "wakeUps" | "clock" | "count" | "measure">;

/**
 * Wakes a case: what is due by now is recorded, once, whoever wakes it and however often. The message is a hint; the
 * wake-up that counts is the one that stands beside the case. A wake-up of an older epoch does not count.
 */
export async function wakeCase(message: WakeUp, ports: WakeCasePorts): Promise<void> {
  const { cases, desk, clock, count } = ports;
  const [found, { epoch }] = await Promise.all([cases.readWithProjection(message.caseId), desk.read()]);
  if (message.epoch < epoch) return count("wake-up-of-older-epoch");
  if (found === undefined) return count("wake-up-of-no-case");

  const { wakeAt } = found.projection;
  if (wakeAt === undefined) return;
  if (wakeAt > clock()) return await wakeLater(message, wakeAt, epoch, ports);

  const changed = await cases.change(message.caseId, (current, rulebook, now) => wake(current, rulebook, now, BY));
  // What is stored of the wake-up is older than the rules in force: a calendar or the policy moved it.
  if (changed.outcome === "refused") await moveWakeUp(message, epoch, ports);
  if (changed.outcome === "changed") measureLateness(changed.facts, ports);
}

/** How long after its instant a breach was recorded, by which operators see whether timers are late. */
function measureLateness(facts: readonly Fact[], { measure }: Pick<WakeCasePorts, "measure">): void {
  for (const fact of facts) {
    if (fact.type === "ClockBreached") measure("breach-lateness-ms", Math.max(fact.at - fact.dueAt, 0));
  }
}

/** The timer rang early, or the wake-up moved later since it was set. */
async function wakeLater(
  { caseId, wakeAt: rungFor }: WakeUp,
  wakeAt: Instant,
  epoch: number,
  { timers, wakeUps, clock }: WakeCasePorts,
): Promise<void> {
  const now = clock();
  const earlyMs = wakeAt - now;
  // Who is woken earlier than a queue can hold a message back sets another timer.
  if (earlyMs <= EARLY_MAX_MS) {
    await wakeUps.send({ caseId, wakeAt, epoch }, Math.ceil(earlyMs / SECOND_MS));
    return;
  }
  if (earlyMs > ARMED_AHEAD_MS) return;

  // A message that comes twice must not set two timers, so the leg is the message's; but a timer that rang early for
  // this very instant has used up that name, and only the present gives another.
  const leg = epochSeconds(rungFor < wakeAt ? rungFor : now);
  await timers.start({ name: timerName({ epoch, caseId, wakeAt, leg }), caseId, wakeAt, epoch });
}

async function moveWakeUp(message: WakeUp, epoch: number, ports: WakeCasePorts): Promise<void> {
  const { cases, rulebooks, clock } = ports;
  const current = await cases.read(message.caseId);
  if (current === undefined) return;
  const now = clock();
  const projection = project(current, await rulebooks.inForce(now, [current]), now);
  const written = await cases.rewriteProjection(current.id, current.version, projection);
  // Whoever changed the case meanwhile owes the timer of what it became.
  if (!written || projection.wakeAt === undefined || projection.wakeAt <= clock()) return;
  await wakeLater(message, projection.wakeAt, epoch, ports);
}

export const handler = onMessage(manifest, wakeCase, connect(toTable, toTimers, toWakeUps));

import {
  ARMED_AHEAD_MS,
  type Case,
  type Instant,
  MINUTE_MS,
  type Projection,
  plus,
  project,
  SECOND_MS,
} from "@ithaca/domain";
import { NO_TEAM, type ProjectionSweep, REMEMBERED_MS } from "@ithaca/store";
import { connect } from "../runtime/connect.ts";
import { onSchedule, type Run } from "../runtime/on-schedule.ts";
import type { Ports } from "../runtime/ports.ts";
import { toTable } from "../runtime/to-table.ts";
import { toTimers } from "../runtime/to-timers.ts";
import { manifest } from "./rewrite-projections.manifest.ts";
import { epochSeconds, timerName } from "./timer-name.ts";

/** At most so many cases in so much time: 100 a second, so that 200,000 take 34 minutes and nothing is throttled. */
export const CASES_A_PAGE = 25;
export const PAGE_MS = 250;
/** So long after a change of the rules every function goes by the new ones; what is written before may go by the old. */
const SETTLED_MS = 2 * MINUTE_MS;
/** What a function wrote that could not read them is looked for once more, when none can go by the old ones any longer. */
const SETTLED_AGAIN_MS = REMEMBERED_MS + SETTLED_MS;
/** A case that others write just then, or only try to, is read and written so often before its page is left to the next run. */
const WRITE_TRIES = 4;
/** What a run keeps for ending in good order. */
const RESERVE_MS = 10 * SECOND_MS;

const CATEGORIES = ["active", "waiting"] as const;

export type RewritePorts = Pick<
  Ports,
  "cases" | "desk" | "rules" | "rulebooks" | "timers" | "clock" | "pause" | "count"
>;

/**
 * After a calendar or the policy changed, rewrites what lists and timers need of the open cases, at a bounded rate and
 * without a fact (sla.md, Timers). How far it came is kept, so that a run that has no time left leaves the rest to the
 * next. A wake-up that moved earlier gets its timer at once; one that moved later needs none.
 */
export async function rewriteProjections({ remainingMs }: Run, ports: RewritePorts): Promise<void> {
  const { desk, rules, clock } = ports;
  const [{ epoch }, sweep, { revision }] = await Promise.all([desk.read(), desk.projections(), rules.timeline()]);
  const now = clock();
  if (sweep.revision !== revision) return await desk.setProjections({ revision, seenAt: now, done: false });
  if (sweep.done || now < beginsAt(sweep)) return;

  let reached: ProjectionSweep = sweep;
  while (!reached.done && beginsAt(reached) <= now && remainingMs() > RESERVE_MS) {
    reached = await rewritePage(reached, epoch, ports);
    await desk.setProjections(reached);
  }
}

async function rewritePage(sweep: ProjectionSweep, epoch: number, ports: RewritePorts): Promise<ProjectionSweep> {
  const { cases, rulebooks, clock, pause } = ports;
  const { category, cursor } = placeOf(sweep);
  const [{ policy }, counted] = await Promise.all([rulebooks.inForce(clock()), cases.countedTeams()]);
  // A team that the policy removed has cases all the same.
  const team = [...new Set([...policy.teams.map(({ code }) => code), ...counted]), NO_TEAM];
  const [page] = await Promise.all([cases.list({ team, category }, CASES_A_PAGE, cursor), pause(PAGE_MS)]);
  await Promise.all(page.items.map((listed) => rewrite(listed.case.id, epoch, ports)));

  if (page.cursor !== undefined) return { ...sweep, cursor: `${category} ${page.cursor}` };
  const next = CATEGORIES[CATEGORIES.indexOf(category) + 1];
  if (next !== undefined) return { ...sweep, cursor: next };
  const { revision, seenAt, again = false } = sweep;
  return again ? { revision, seenAt, done: true } : { revision, seenAt, done: false, again: true };
}

function beginsAt({ seenAt, again = false }: ProjectionSweep): Instant {
  return plus(seenAt, again ? SETTLED_AGAIN_MS : SETTLED_MS);
}

/** Where the sweep goes on: a category of statuses and, after a space, a place in its list. */
function placeOf({ cursor = CATEGORIES[0] }: ProjectionSweep): {
  category: (typeof CATEGORIES)[number];
  cursor?: string;
} {
  const [name, place] = cursor.split(" ");
  const category = CATEGORIES.find((one) => one === name) ?? CATEGORIES[0];
  return { category, ...(place !== undefined && { cursor: place }) };
}

async function rewrite(caseId: string, epoch: number, ports: RewritePorts, triesLeft = WRITE_TRIES): Promise<void> {
  const { cases, rulebooks, timers, clock, count } = ports;
  if (triesLeft === 0) throw new Error(`${caseId} could not be written ${WRITE_TRIES} times`);
  const found = await cases.readWithProjection(caseId);
  if (found === undefined) return;
  const now = clock();
  const rulebook = await rulebooks.inForce(now, [found.case]);
  const projection = project(found.case, rulebook, wakesFrom(found.case, found.projection, now));
  if (isSame(projection, found.projection)) return;
  const isWritten = await cases.rewriteProjection(caseId, found.case.version, projection);
  if (!isWritten) return await rewrite(caseId, epoch, ports, triesLeft - 1);
  count("projections-rewritten");

  const { wakeAt } = projection;
  const before = found.projection.wakeAt;
  if (wakeAt === undefined || wakeAt > now + ARMED_AHEAD_MS || (before !== undefined && before <= wakeAt)) return;
  const leg = epochSeconds(now);
  await timers.start({ name: timerName({ epoch, caseId, wakeAt, leg }), caseId, wakeAt, epoch });
}

/** A wake-up that is due stays so until somebody woke the case: who covers it is asked as of then. */
function wakesFrom({ changedAt }: Case, { wakeAt }: Projection, now: Instant): Instant {
  return wakeAt !== undefined && wakeAt <= now ? changedAt : now;
}

function isSame(a: Projection, b: Projection): boolean {
  return (
    a.dueAt === b.dueAt &&
    a.wakeAt === b.wakeAt &&
    a.team === b.team &&
    a.category === b.category &&
    (a.atRisk ?? false) === (b.atRisk ?? false) &&
    a.assigneeId === b.assigneeId
  );
}

export const handler = onSchedule(manifest, rewriteProjections, connect(toTable, toTimers));

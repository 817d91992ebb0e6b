import { type Mutant, mutant } from "./mutant.ts";

const SLA = "packages/domain/src/sla";
const CASE = "packages/domain/src/case";
const PROMISE = `${SLA}/promise.ts`;
const PAUSING = `${SLA}/pausing.ts`;
const REOPEN = `${SLA}/reopen-clocks.ts`;
const RETARGET = `${SLA}/retarget.ts`;
const SETTLE = `${SLA}/settle.ts`;
const MOVES = `${SLA}/policy-moves.ts`;
const RULEBOOKS = "packages/store/src/rules/rulebook-cache.ts";
const NEXT = `${SLA}/next-response.ts`;
const COVER = `${CASE}/cover.ts`;
const MERGE = `${CASE}/merge.ts`;
const PRIORITY = `${CASE}/change-priority.ts`;
const SWEEP = "functions/src/sla/rewrite-projections.ts";

/** Every metric with its starts and stops, segments, pauses, moves of rules, reopening, cover and waivers. */
export const SLA_MUTANTS: readonly Mutant[] = [
  mutant("pause-is-counted", PROMISE, "reached = until;", "reached = from;"),
  mutant("pause-of-next-response", PAUSING, '"next-response": [],', '"next-response": ["waiting-on-customer"],'),
  mutant(
    "pause-not-on-a-fix",
    PAUSING,
    'resolution: ["waiting-on-customer", "waiting-on-fix"],',
    'resolution: ["waiting-on-customer"],',
  ),
  mutant(
    "pause-not-until",
    PAUSING,
    'update: ["waiting-on-customer", "waiting-on-fix", "waiting-until"],',
    'update: ["waiting-on-customer", "waiting-on-fix"],',
  ),
  mutant(
    "pause-never-ends",
    PAUSING,
    "{ from: last.from, until: at }];",
    "{ from: last.from, until: (at + 3_600_000) as Instant }];",
  ),
  mutant(
    "segment-forgets-what-was-counted",
    PROMISE,
    "    countedMs += availableMs;",
    "    countedMs = 0 * availableMs;",
  ),
  mutant("hand-over-starts-anew", RETARGET, 'combine: "carry",', 'combine: "replace",'),
  mutant(
    "policy-move-unasked",
    RULEBOOKS,
    "timeline.policy.filter(({ movesUnfinished }) => movesUnfinished === true)",
    "timeline.policy.filter(({ movesUnfinished }) => movesUnfinished !== null)",
  ),
  mutant("policy-move-forgotten", RULEBOOKS, "const moves = moving.map(", "const moves = moving.slice(1).map("),
  mutant("policy-move-starts-anew", MOVES, 'combine: "move", priority', 'combine: "replace", priority'),
  mutant(
    "policy-move-from-the-start",
    MOVES,
    "{ team, from, measuredFrom: from,",
    "{ team, from, measuredFrom: before.measuredFrom,",
  ),
  mutant(
    "policy-move-of-new-priorities",
    MOVES,
    "const { team, priority = to.priority } = before;",
    "const { team } = before;\n  const { priority } = to;",
  ),
  mutant("policy-move-moves-nothing", MOVES, "of rulebook.moves)", "of rulebook.moves.slice(0, 0))"),
  mutant(
    "next-response-never-starts",
    NEXT,
    'if (running === undefined) return startNext(current, "next-response", receivedAt, rulebook, now, by);',
    "if (running === undefined) return [];",
  ),
  mutant("next-response-of-the-latest", NEXT, "if (receivedAt >= running.startedAt) return [];", ""),
  mutant(
    "next-response-before-the-first",
    NEXT,
    "if (first !== undefined && isRunning(first)) return [];",
    "if (first === null) return [];",
  ),
  mutant(
    "update-never-starts",
    `${CASE}/answer.ts`,
    'CATEGORY_OF[current.status] === "done" ? [] : startNext(',
    'CATEGORY_OF[current.status] !== "done" ? [] : startNext(',
  ),
  mutant(
    "update-never-stops",
    SETTLE,
    '["first-response", "next-response", "update"]',
    '["first-response", "next-response"]',
  ),
  mutant(
    "resolution-never-stops",
    SETTLE,
    'WORKED: readonly Metric[] = ["resolution"]',
    "WORKED: readonly Metric[] = []",
  ),
  mutant("resolution-never-starts", `${CASE}/triage.ts`, '...startClock(rulebook, "resolution", 1, run, now, by),', ""),
  mutant("cycle-number-stays", `${SLA}/start-clock.ts`, "metric, last + 1,", "metric, Math.max(1, last),"),
  mutant("reopened-does-not-go-on", REOPEN, "...resolution.map(", "...resolution.slice(1).map("),
  mutant("reopened-counts-the-rest", REOPEN, "{ ...cycle, pauses: paused(cycle.pauses, endedAt) }", "cycle"),
  mutant(
    "reopened-though-broken",
    REOPEN,
    'metric === "resolution" && outcome === "met"',
    'metric === "resolution" && outcome !== undefined',
  ),
  mutant(
    "raised-from-the-start",
    PRIORITY,
    'combine: "earlier", measuredFrom: now',
    'combine: "earlier", measuredFrom: cycle.startedAt',
  ),
  mutant(
    "lowered-from-now",
    PRIORITY,
    'combine: "later", measuredFrom: cycle.startedAt',
    'combine: "later", measuredFrom: now',
  ),
  mutant("raised-hides-a-breach", PRIORITY, "    ...settleBreaches(current, rulebook, now, by),\n", ""),
  mutant(
    "waiver-by-anybody",
    "packages/domain/src/access/authorize.ts",
    '"case.waive": { agent: "lead"',
    '"case.waive": { agent: "agent"',
  ),
  mutant(
    "waiver-removes-the-breach",
    `${CASE}/evolve.ts`,
    "breaches: (current.breaches ?? []).map((kept) =>",
    "breaches: (current.breaches ?? []).filter(({ metric }) => metric !== fact.metric).map((kept) =>",
  ),
  mutant(
    "waiver-of-another-cycle",
    `${SLA}/waive.ts`,
    "cycle: breach.cycle, reasonId",
    "cycle: breach.cycle + 1, reasonId",
  ),
  mutant(
    "warning-at-half-its-share",
    `${SLA}/target.ts`,
    '"percent" in warning ? warning.percent :',
    '"percent" in warning ? warning.percent / 2 :',
  ),
  mutant(
    "cover-nobody-takes-over",
    COVER,
    "if (wrong === undefined) return [];",
    "if (wrong === undefined || !wrong.routing.nobodyOpen) return [];",
  ),
  mutant(
    "cover-gap-untold",
    COVER,
    "if (wrong.routing.nobodyOpen) return [{",
    "if (wrong.routing.nobodyOpen) return now > 0 ? [] : [{",
  ),
  mutant("cover-leaves-it-with-the-sleeper", COVER, "...(assigneeId === undefined", "...(assigneeId !== null"),
  mutant("cover-keeps-the-hours", COVER, "...handOverClocks(current, next, settled, rulebook, now, by),", ""),
  mutant("snooze-never-ends", `${CASE}/wake.ts`, "...(hasWaited(current, now) ? goOn(current, now, by) : []),", ""),
  mutant("merge-leaves-clocks-running", MERGE, '...cancelClocks(other, "merged-away", rulebook, now, by),', ""),
  mutant(
    "split-starts-anew",
    `${CASE}/split.ts`,
    "    receivedAt,\n    requestedPriority,",
    "    receivedAt: now,\n    requestedPriority,",
  ),
  mutant("spam-leaves-clocks-running", `${CASE}/mark.ts`, "...cancelClocks(current, mark, rulebook, now, by),", ""),
  mutant(
    "calendar-edit-moves-nothing",
    `${SLA}/promise.ts`,
    "from > piece.segment.from && from < until);",
    "from > piece.segment.from && from < Math.min(0, until));",
  ),
  mutant(
    "projection-sweep-leaves-out-waiting",
    SWEEP,
    'const CATEGORIES = ["active", "waiting"] as const;',
    'const CATEGORIES = ["active"];',
  ),
  mutant(
    "projection-sweep-of-one-page",
    SWEEP,
    "if (page.cursor !== undefined) return",
    "if (page.cursor === null) return",
  ),
  mutant("projection-sweep-once", SWEEP, "return again ?", "return seenAt > 0 ?"),
  mutant("projection-sweep-rewrites-nothing", SWEEP, "if (isSame(projection, found.projection)) return;", "return;"),
  mutant(
    "escalation-above-the-top",
    `${CASE}/escalate.ts`,
    'if (to <= missed.tier || to > policy.topTier) return refuse("top-tier");',
    "",
  ),
  mutant(
    "escalation-of-the-done",
    `${CASE}/escalate.ts`,
    'if (CATEGORY_OF[current.status] === "done") return refuse("not-open");',
    "",
  ),
  mutant(
    "authorization-sees-what-is-only-sent",
    "packages/domain/src/access/authorize.ts",
    "participants.filter(({ seesCase }) => seesCase)",
    "participants",
  ),
];

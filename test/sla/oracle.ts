import type { Metric, Policy, Status } from "@ithaca/domain";
import { minuteOracle } from "@ithaca/policy/recount";
import { type Edits, POLICIES, VERSIONS, versionInForce } from "./desk.ts";

const MINUTE = 60_000;
const WINDOW_DAYS = 12;
const FOR_EVER = Number.POSITIVE_INFINITY;
const DAY = 86_400_000;

/** What happened to a case, at whole minutes and in order, without anything that the engine said about clocks. */
export type Happening = { readonly at: number } & (
  | { readonly kind: "opened"; readonly receivedAt: number; readonly priority: string; readonly team: string }
  | { readonly kind: "message"; readonly receivedAt: number }
  | { readonly kind: "replied" }
  | { readonly kind: "status"; readonly status: Status }
  | { readonly kind: "resolved"; readonly withWords: boolean }
  | { readonly kind: "reopened" }
  | { readonly kind: "priority"; readonly to: string; readonly raised: boolean }
  | { readonly kind: "team"; readonly team: string }
);

const ANSWERED: readonly Metric[] = ["first-response", "next-response", "update"];

/** A promise as somebody with a stop watch keeps it: so many minutes wanted, so many counted. */
interface Kept {
  readonly combine: "only" | "earlier" | "later";
  wanted: number;
  always: boolean;
  policy: number;
  priority: string;
  team: string;
  /** The rules of this instant count for what lies before it. */
  decidedAt: number;
  counted: number;
  reachedAt?: number;
}

interface Run {
  readonly metric: Metric;
  readonly number: number;
  startedAt: number;
  readonly kept: Kept[];
  readonly pauses: { from: number; until: number }[];
  endedAt?: number;
  outcome?: "met" | "missed" | "cancelled";
  breachedAt?: number;
}

/** How a cycle came out, as both sides tell it. */
export interface CycleTold {
  readonly metric: Metric;
  readonly number: number;
  readonly startedAt: number;
  readonly breachedAt: number | undefined;
  readonly outcome: string | undefined;
}

/**
 * Works out every cycle of a case by walking minute by minute from what happened, written apart from the engine: no
 * segments, no periods, no reckoning back and forth.
 */
export function cyclesByTheMinute(happenings: readonly Happening[], edits: Edits, untilMs: number): CycleTold[] {
  const runs: Run[] = [];
  let status: Status = "new";
  let [priority, team] = ["", ""];
  let answered = false;
  const policyAt = (at: number): Policy => POLICIES[edits.policy !== undefined && edits.policy.from <= at ? 1 : 0];

  const running = (metric: Metric) => runs.find((run) => run.metric === metric && run.outcome === undefined);
  const isWatched = (run: Run) => run.outcome === undefined && run.breachedAt === undefined;
  const watched = () => runs.filter(isWatched);

  function promise(metric: Metric, combine: Kept["combine"], now: number): Kept | undefined {
    const policy = policyAt(now);
    for (const { when, length, clock } of policy.targets) {
      if (!when.metric.includes(metric) || (when.priority !== undefined && !when.priority.includes(priority))) continue;
      const wanted = "minutes" in length ? length.minutes : 0;
      return {
        combine,
        wanted,
        always: clock === "round-the-clock",
        policy: policy.version,
        priority,
        team,
        decidedAt: now,
        counted: 0,
      };
    }
    return undefined;
  }

  function start(metric: Metric, from: number, now: number): void {
    const kept = promise(metric, "only", now);
    if (kept === undefined) return;
    const number = runs.filter((run) => run.metric === metric).length + 1;
    const run: Run = { metric, number, startedAt: from, kept: [kept], pauses: [] };
    runs.push(run);
    catchUp(run, kept, from, now);
    followStatus(run, now);
  }

  function isPaused({ pauses }: Run, minute: number): boolean {
    for (const { from, until } of pauses) if (from <= minute && minute < until) return true;
    return false;
  }

  function countMinute(run: Run, kept: Kept, minute: number): void {
    if (kept.reachedAt !== undefined || isPaused(run, minute) || kept.counted >= kept.wanted) return;
    if (
      kept.always ||
      isOpen(kept.team === "main" ? "main-hours" : "au-hours", minute, Math.max(minute, kept.decidedAt))
    )
      kept.counted += 1;
  }

  function isOpen(id: string, minute: number, rulesOf: number): boolean {
    return hoursOf(id, versionInForce(edits, id, rulesOf))(minute);
  }

  function markReached(run: Run, kept: Kept, minute: number): void {
    if (kept.reachedAt === undefined && kept.counted >= kept.wanted && !isPaused(run, minute)) kept.reachedAt = minute;
  }

  function passMinute(minute: number): void {
    for (const run of runs) {
      if (!isWatched(run)) continue;
      for (const kept of run.kept) {
        markReached(run, kept, minute);
        countMinute(run, kept, minute);
      }
    }
  }

  /** What a promise that counts from the past has counted by now. */
  function catchUp(run: Run, kept: Kept, from: number, now: number): void {
    for (let minute = from; minute < now; minute += MINUTE) {
      if (minute > from) markReached(run, kept, minute);
      countMinute(run, kept, minute);
    }
  }

  function dueOf({ kept }: Run): number {
    let due = 0;
    for (const { combine, reachedAt = FOR_EVER } of kept) {
      if (combine === "only") due = reachedAt;
      else due = combine === "earlier" ? Math.min(due, reachedAt) : Math.max(due, reachedAt);
    }
    return due;
  }

  function noticeBreaches(now: number): void {
    for (const run of runs) if (isWatched(run) && dueOf(run) < now) run.breachedAt = dueOf(run);
  }

  function end(metric: Metric, now: number, cancelled = false): void {
    const run = running(metric);
    if (run === undefined) return;
    run.endedAt = now;
    run.outcome = cancelled ? "cancelled" : run.breachedAt === undefined ? "met" : "missed";
  }

  function followStatus(run: Run, now: number): void {
    if (run.outcome !== undefined) return;
    const stops =
      (run.metric === "resolution" && (status === "waiting-on-customer" || status === "waiting-on-fix")) ||
      (run.metric === "update" && status.startsWith("waiting"));
    const last = run.pauses.at(-1);
    if (stops && last?.until !== FOR_EVER) run.pauses.push({ from: now, until: FOR_EVER });
    if (!stops && last?.until === FOR_EVER) last.until = now;
  }

  function message(receivedAt: number, now: number): void {
    if (status === "resolved" || running("first-response") !== undefined) return;
    const run = running("next-response");
    if (run === undefined) {
      start("next-response", receivedAt, now);
      return;
    }
    if (receivedAt >= run.startedAt || run.breachedAt !== undefined) return;
    const kept = promise("next-response", "earlier", now);
    if (kept === undefined) return;
    run.startedAt = receivedAt;
    run.kept.push(kept);
    catchUp(run, kept, receivedAt, now);
  }

  function reprioritise(to: string, raised: boolean, now: number): void {
    priority = to;
    for (const run of watched()) {
      const kept = promise(run.metric, raised ? "earlier" : "later", now);
      if (kept === undefined) continue;
      run.kept.push(kept);
      if (!raised) catchUp(run, kept, run.startedAt, now);
    }
  }

  const happen: { readonly [Kind in Happening["kind"]]: (one: Extract<Happening, { kind: Kind }>) => void } = {
    opened: (one) => {
      ({ priority, team } = one);
      start("first-response", one.receivedAt, one.at);
      start("resolution", one.receivedAt, one.at);
    },
    message: ({ receivedAt, at }) => message(receivedAt, at),
    replied: ({ at }) => {
      for (const metric of ANSWERED) end(metric, at);
      answered = true;
      if (status === "new") status = "open";
      if (status !== "resolved") start("update", at, at);
    },
    status: (one) => {
      status = one.status;
      for (const run of runs) followStatus(run, one.at);
    },
    resolved: ({ at, withWords }) => {
      for (const metric of ANSWERED) end(metric, at, !withWords);
      answered ||= withWords;
      end("resolution", at);
      status = "resolved";
    },
    reopened: ({ at }) => {
      status = "open";
      for (const run of runs) if (run.metric === "resolution" && run.outcome === "met") goOn(run, at);
      if (answered) start("update", at, at);
    },
    priority: ({ to, raised, at }) => reprioritise(to, raised, at),
    team: (one) => {
      team = one.team;
      for (const run of watched()) for (const kept of run.kept) Object.assign(kept, { team, decidedAt: one.at });
    },
  };

  /** The time that it was resolved does not count; a pause that it ended in goes on until now. */
  function goOn(run: Run, now: number): void {
    const last = run.pauses.at(-1);
    if (last?.until === FOR_EVER) last.until = now;
    else run.pauses.push({ from: run.endedAt ?? now, until: now });
    delete run.outcome;
    delete run.endedAt;
  }

  /** A policy that moves what is unfinished gives the last promise its own length. */
  function movePolicy(now: number): void {
    for (const run of runs.filter(
      ({ breachedAt, outcome, metric }) =>
        breachedAt === undefined && (outcome === undefined || metric === "resolution"),
    )) {
      const kept = run.kept.at(-1);
      if (kept === undefined || kept.policy >= 2 || run.startedAt >= now) continue;
      const before = priority;
      priority = kept.priority;
      const moved = promise(run.metric, kept.combine, now);
      priority = before;
      if (moved !== undefined)
        Object.assign(kept, { wanted: moved.wanted, always: moved.always, policy: 2, decidedAt: now });
    }
  }

  const [first] = happenings;
  if (first === undefined) return [];
  let next = 0;
  for (let minute = first.at; minute <= untilMs; minute += MINUTE) {
    noticeBreaches(minute);
    if (edits.policy?.movesUnfinished === true && edits.policy.from === minute) movePolicy(minute);
    for (let one = happenings[next]; one !== undefined && one.at === minute; one = happenings[next]) {
      noticeBreaches(minute);
      (happen[one.kind] as (one: Happening) => void)(one);
      next += 1;
    }
    passMinute(minute);
  }
  return runs.map(({ metric, number, startedAt, breachedAt, outcome }) => ({
    metric,
    number,
    startedAt,
    breachedAt,
    outcome,
  }));
}

type IsOpen = (minute: number) => boolean;

/** Each version's windows, by their place in time. */
const marked = new Map<string, Map<number, IsOpen>[]>();

/** The open minutes of a version over a window around where it is asked, marked once. */
function hoursOf(id: string, version: number): IsOpen {
  const ofId = marked.get(id) ?? [];
  marked.set(id, ofId);
  ofId[version] ??= new Map();
  const windows = ofId[version];
  return (minute) => {
    const window = Math.floor(minute / DAY / WINDOW_DAYS);
    let isOpen = windows.get(window);
    if (isOpen === undefined) {
      const calendar = VERSIONS.find((one) => one.id === id && one.version === version);
      if (calendar === undefined) throw new Error(`no calendar ${id} ${version}`);
      const from = window * WINDOW_DAYS * DAY;
      isOpen = minuteOracle(calendar, from, from + WINDOW_DAYS * DAY).isOpen;
      windows.set(window, isOpen);
    }
    return isOpen(minute);
  };
}

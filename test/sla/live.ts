import {
  applyAppend,
  type Case,
  changePriority,
  changeStatus,
  type Decision,
  type Fact,
  type GivenStatus,
  handOver,
  type Instant,
  isRefused,
  later,
  nextWakeUp,
  openCase,
  receiveMessage,
  recordCall,
  reply,
  resolve,
  type Status,
  settleBreaches,
  system,
  takesMessages,
  wake,
} from "@ithaca/domain";
import { type Edits, minutesAfter, POLICIES, rulebookAt } from "./desk.ts";
import type { CycleTold, Happening } from "./oracle.ts";

/** One thing that somebody does to a case, so many minutes after the last. */
export interface Step {
  readonly waitMinutes: number;
  readonly does:
    | { readonly what: "wake" | "reply" | "call" | "resolve-silently" | "resolve-with-words" }
    | { readonly what: "message"; readonly lateMinutes: number }
    | { readonly what: "status"; readonly status: GivenStatus | "in-progress" | "with-vendor" }
    | { readonly what: "priority"; readonly to: string }
    | { readonly what: "team"; readonly team: string };
}

/** A case's life. */
export interface History {
  readonly openedAt: Instant;
  readonly lateMinutes: number;
  readonly priority: string;
  readonly accountTeam: string;
  readonly steps: readonly Step[];
  readonly edits: Edits;
}

const CASE_ID = "case_100000009";
const BY = system("live");
/** How long a case waits that waits until some instant. */
const WAITS_MINUTES = 70;
const DONE: readonly Status[] = ["resolved", "closed"];
/** How long after the last step a case is looked at for the last time. */
const AFTERWARDS_MINUTES = 720;
/** A case that asks to be woken more often than this has gone wrong. */
const WAKES_MAX = 300;

export interface Lived {
  readonly happenings: Happening[];
  readonly facts: Fact[];
  /** The same facts by what was decided at once. */
  readonly appends: (readonly Fact[])[];
  /** Which steps changed something. */
  readonly accepted: boolean[];
  readonly current: Case;
  readonly until: Instant;
}

/**
 * Lives a history on the engine, and writes down what happened beside what the engine said. `promptly`: the case is woken
 * at each instant at which it asks for it, beside the steps.
 */
export function live(history: History, { promptly = false } = {}): Lived {
  const { edits, openedAt, accountTeam } = history;
  const receivedAt = minutesAfter(openedAt, -history.lateMinutes);
  const opening = {
    messageId: "msg_1",
    channel: "portal",
    requestedPriority: history.priority,
    receivedAt,
    automatic: false,
    requesterId: "person_jo",
    senderVerified: true,
    accountTeam,
  };
  const facts = openCase(opening, rulebookAt(edits, openedAt), openedAt, BY);
  const happenings: Happening[] = [];
  let current = applyAppend(undefined, facts, CASE_ID);
  const { priority = "", team = "" } = current;
  happenings.push({ kind: "opened", at: openedAt, receivedAt, priority, team });

  let now = openedAt;
  const appends: (readonly Fact[])[] = [facts.slice()];
  const append = (decision: Decision): boolean => {
    if (isRefused(decision) || decision.length === 0) return false;
    happenings.push(...happeningsIn(current, decision));
    facts.push(...decision);
    appends.push(decision);
    current = applyAppend(current, decision, CASE_ID);
    return true;
  };
  const wakeBefore = (until: Instant) => {
    for (let wakes = 0; promptly && wakes < WAKES_MAX; wakes += 1) {
      const asked = nextWakeUp(current, rulebookAt(edits, current.changedAt));
      if (asked === undefined || asked >= until) return;
      const at = later(asked, current.changedAt);
      if (!append(wake(current, rulebookAt(edits, at), at, BY))) return;
    }
  };
  const accepted: boolean[] = [];
  for (const [index, { waitMinutes, does }] of history.steps.entries()) {
    now = minutesAfter(now, waitMinutes);
    wakeBefore(now);
    accepted.push(append(decide(current, does, `msg_s${index}`, edits, now)));
  }

  const until = minutesAfter(now, AFTERWARDS_MINUTES);
  wakeBefore(until);
  append(settleBreaches(current, rulebookAt(edits, until), until, BY));
  return { happenings, facts, appends, accepted, current, until };
}

function decide(current: Case, does: Step["does"], messageId: string, edits: Edits, now: Instant): Decision {
  const rulebook = rulebookAt(edits, now);
  switch (does.what) {
    case "wake":
      return wake(current, rulebook, now, BY);
    case "call":
      return recordCall(current, messageId, rulebook, now, BY);
    case "reply":
      return reply(current, messageId, rulebook, now, BY);
    case "resolve-silently":
      return resolve(current, undefined, rulebook, now, BY);
    case "resolve-with-words":
      return resolve(current, { messageId }, rulebook, now, BY);
    case "message": {
      const receivedAt = minutesAfter(now, -does.lateMinutes);
      const joining = { messageId, channel: "portal", personId: "person_jo", receivedAt, automatic: false };
      return takesMessages(current, rulebook, now) ? receiveMessage(current, joining, rulebook, now, BY) : [];
    }
    case "status":
      return changeStatus(
        current,
        { to: does.status, ...(does.status === "waiting-until" && { until: minutesAfter(now, WAITS_MINUTES) }) },
        rulebook,
        now,
        BY,
      );
    case "priority":
      return changePriority(current, { to: does.to }, rulebook, now, BY);
    case "team":
      return handOver(current, { team: does.team }, rulebook, now, BY);
  }
}

/** What happened in an append: its facts but for those about clocks. A route stands before the priority that it follows. */
function happeningsIn(before: Case, facts: readonly Fact[]): Happening[] {
  const ranks = new Map(POLICIES[0].priorities.map(({ code, rank }) => [code, rank]));
  const rank = (code: string) => ranks.get(code) ?? 0;
  const resolved = facts.some(({ type }) => type === "CaseResolved");
  const told = facts.flatMap((fact): Happening[] => {
    const { at } = fact;
    switch (fact.type) {
      case "MessageReceived":
        return [{ kind: "message", at, receivedAt: fact.receivedAt }];
      case "CallConnected":
        return [{ kind: "replied", at }];
      case "ReplyWritten":
        return resolved ? [] : [{ kind: "replied", at }];
      case "CaseResolved":
        return [{ kind: "resolved", at, withWords: fact.withWords }];
      case "CaseReopened":
        return [{ kind: "reopened", at }];
      case "PriorityChanged":
        return [{ kind: "priority", at, to: fact.to, raised: rank(fact.to) < rank(fact.from) }];
      case "StatusChanged":
        if (DONE.includes(fact.from)) return [{ kind: "reopened", at }];
        return [{ kind: "status", at, status: fact.to }];
      case "CaseHandedOver":
        return [{ kind: "team", at, team: fact.to }];
      case "CaseRouted":
        return fact.team === before.team ? [] : [{ kind: "team", at, team: fact.team }];
      default:
        return [];
    }
  });
  const order: Happening["kind"][] = ["team", "priority", "reopened", "status"];
  return told.toSorted((a, b) => place(order, a.kind) - place(order, b.kind));
}

function place(order: readonly Happening["kind"][], kind: Happening["kind"]): number {
  return order.includes(kind) ? order.indexOf(kind) : order.length;
}

/** Every cycle as the engine's facts tell it. */
export function cyclesByTheFacts(facts: readonly Fact[]): CycleTold[] {
  const cycles = new Map<string, CycleTold>();
  const change = (
    { metric, cycle }: Pick<Extract<Fact, { type: "ClockStarted" }>, "metric" | "cycle">,
    told: Partial<CycleTold>,
  ) => {
    const before = cycles.get(`${metric} ${cycle}`);
    const empty = { metric, number: cycle, startedAt: 0, breachedAt: undefined, outcome: undefined };
    if (told.breachedAt !== undefined && before?.breachedAt !== undefined)
      throw new Error(`${metric} ${cycle} was breached twice`);
    cycles.set(`${metric} ${cycle}`, { ...empty, ...before, ...told });
  };
  for (const fact of facts) {
    if (fact.type === "ClockStarted") change(fact, { startedAt: fact.startedAt });
    if (fact.type === "ClockRetargeted" && fact.cause === "older-message")
      change(fact, { startedAt: fact.segment.measuredFrom });
    if (fact.type === "ClockBreached") change(fact, { breachedAt: fact.dueAt });
    if (fact.type === "ClockStopped") change(fact, { outcome: fact.outcome });
    if (fact.type === "ClockCancelled") change(fact, { outcome: "cancelled" });
    if (fact.type === "ClockReopened") change(fact, { outcome: undefined });
  }
  return [...cycles.values()];
}

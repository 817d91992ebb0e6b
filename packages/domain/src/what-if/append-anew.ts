import { CATEGORY_OF, type Case, type Mark } from "../case/case.ts";
import { changePriority } from "../case/change-priority.ts";
import { isRefused } from "../case/decision.ts";
import type { Fact, FactOf, FactType } from "../case/facts.ts";
import { routeAndStart, triageFacts } from "../case/triage.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { expectResponse } from "../sla/next-response.ts";
import { clocksOfReopened, clocksOfRestored } from "../sla/reopen-clocks.ts";
import { handOverClocks } from "../sla/retarget.ts";
import { ANSWERED, cancelClocks, endSilently, stopClocks, WORKED } from "../sla/settle.ts";
import { startNext } from "../sla/start-clock.ts";

/** What a replay goes by, and what it counts. */
export interface Memory {
  readonly rules: Rulebook;
  readonly subject: string | undefined;
  /** The priority as it was classified, unless that is to be decided anew. */
  readonly classified: FactOf<"PriorityClassified"> | undefined;
  /** What people did with a team or a priority that the rules do not have. */
  leftOut: number;
}

/** What rules decided: it is decided anew, so what was recorded of it is left out. */
const DECIDED_BY_RULES: ReadonlySet<FactType> = new Set<FactType>([
  "PriorityClassified",
  "CaseRouted",
  "CoverageGapFound",
  "ClockStarted",
  "ClockRetargeted",
  "ClockWarned",
  "ClockBreached",
  "ClockStopped",
  "ClockCancelled",
  "ClockReopened",
  "TriageDeferred",
]);

/** A case that is being replayed: as it is, and what changes it. */
export interface Replaying {
  current(): Case | undefined;
  apply(facts: readonly Fact[]): void;
}

/** One recorded append under other rules: its facts that people gave, each with what follows from it by the rules. */
export function appendedAnew(facts: readonly Fact[], memory: Memory, replaying: Replaying): void {
  const before = replaying.current();
  for (const fact of facts.filter(({ type }) => !DECIDED_BY_RULES.has(type))) keepFact(fact, facts, memory, replaying);
  const after = replaying.current();
  if (after === undefined) return;
  replaying.apply(before === undefined ? opened(facts, after, memory) : wentOn(facts, before, after, memory));
}

function keepFact(fact: Fact, append: readonly Fact[], memory: Memory, { current, apply }: Replaying): void {
  const before = current();
  if (before !== undefined) apply(precededBy(fact, append, before, memory));
  const kept = asKept(fact, memory);
  if (kept === undefined) return;
  apply([kept]);
  const next = current();
  if (next !== undefined) apply(followedBy(fact, append, next, memory));
}

/** A case opens with its team and first clocks, whatever kept it from being triaged then. */
function opened(facts: readonly Fact[], current: Case, { rules, subject, classified }: Memory): Fact[] {
  const opening = facts.find((fact) => fact.type === "CaseOpened");
  if (opening === undefined) return [];
  const { at, by, channel, receivedAt, requestedPriority } = opening;
  const { accountTeam, accountId, package: of } = { ...current, ...classified?.vouched };
  const asked = { channel, requestedPriority, subject, accountTeam, accountId, package: of, receivedAt };
  if (classified === undefined) return triageFacts(asked, rules, at, by);
  const { priority, requested } = classified;
  return [{ ...classified, at, by }, ...routeAndStart(asked, { priority, requested }, rules, at, by)];
}

/** Whatever a fact ends is ended while the case is as it was before it. */
function precededBy(fact: Fact, append: readonly Fact[], current: Case, memory: Memory): Fact[] {
  const { rules } = memory;
  const { at, by } = fact;
  switch (fact.type) {
    case "CaseResolved": {
      if (fact.withWords) return stopClocks(current, [...ANSWERED, ...WORKED], rules, at, by);
      return endSilently(current, rules, at, by);
    }
    case "ReplyWritten":
    case "CallConnected":
      return stopClocks(current, ANSWERED, rules, at, by);
    case "CaseMarked":
      return ends(fact.mark) && append.some(isClosing) ? cancelClocks(current, fact.mark, rules, at, by) : [];
    case "CaseMergedAway":
      return cancelClocks(current, "merged-away", rules, at, by);
    case "PriorityChanged": {
      const decision = changePriority(current, { to: fact.to }, rules, at, by);
      if (!isRefused(decision)) return [...decision];
      if (decision.refused === "unknown-priority") memory.leftOut += 1;
      return [];
    }
    case "CaseHandedOver":
      if (hasTeam(rules, fact.to)) return handOverClocks(current, fact.to, [], rules, at, by);
      memory.leftOut += 1;
      return [];
    default:
      return [];
  }
}

/** What a fact begins, on the case as it is with it. */
function followedBy(fact: Fact, append: readonly Fact[], current: Case, { rules }: Memory): Fact[] {
  if ((fact.type !== "ReplyWritten" && fact.type !== "CallConnected") || CATEGORY_OF[current.status] === "done")
    return [];
  if (append.some(({ type }) => type === "CaseResolved")) return [];
  return startNext(current, "update", fact.at, rules, fact.at, fact.by);
}

/** What an append as a whole begins: the case is worked on again, or a customer waits for an answer. */
function wentOn(facts: readonly Fact[], before: Case, current: Case, { rules }: Memory): Fact[] {
  const [first] = facts;
  if (first === undefined) return [];
  const { at, by } = first;
  const isBack = CATEGORY_OF[before.status] === "done" && CATEGORY_OF[current.status] !== "done";
  const isMistake = facts.some(({ type }) => type === "CaseUnmarked" || type === "CaseRestored");
  const again = !isBack
    ? []
    : isMistake
      ? clocksOfRestored(current, rules, at, by)
      : clocksOfReopened(current, rules, at, by);
  return [
    ...again,
    ...facts.flatMap((fact) => {
      const waitingSince = waitsSince(fact, facts);
      return waitingSince === undefined ? [] : expectResponse(current, waitingSince, rules, at, by);
    }),
  ];
}

/** Since when a customer waits for an answer by a fact: their message, or the unanswered question of a merged case. */
function waitsSince(fact: Fact, append: readonly Fact[]) {
  if (fact.type === "MessageReceived") return fact.automatic ? undefined : fact.receivedAt;
  if (fact.type !== "CaseMerged") return undefined;
  for (const other of append) {
    if (other.type === "ClockStarted" && other.metric === "next-response") return other.startedAt;
    if (other.type === "ClockRetargeted" && other.cause === "older-message") return other.segment.measuredFrom;
  }
  return undefined;
}

/** A fact as it is kept; undefined: the rules do not have what it names, or it came with the decision about it. */
function asKept(fact: Fact, { rules }: Memory): Fact | undefined {
  if (fact.type === "PriorityChanged") return undefined;
  if (fact.type === "CaseHandedOver") return hasTeam(rules, fact.to) ? fact : undefined;
  if (fact.type !== "CaseOpened" || fact.accountTeam === undefined || hasTeam(rules, fact.accountTeam)) return fact;
  // A team that the rules do not have is nobody's own: such a case goes where one without a team goes.
  const { accountTeam: _gone, ...rest } = fact;
  return rest;
}

function hasTeam({ policy }: Rulebook, team: string | undefined): boolean {
  return policy.teams.some(({ code }) => code === team);
}

function ends(mark: Mark): mark is "spam" | "false-alarm" {
  return mark === "spam" || mark === "false-alarm";
}

function isClosing(fact: Fact): boolean {
  return fact.type === "StatusChanged" && fact.to === "closed";
}

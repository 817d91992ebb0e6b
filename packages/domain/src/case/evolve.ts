import type { Cycle } from "../sla/clock.ts";
import { followStatus } from "../sla/pausing.ts";
import { runningAgain } from "../sla/reopen-clocks.ts";
import { withSegment } from "../sla/with-segment.ts";
import { BREACHES_KEPT, type Breach, CASE_SCHEMA, CATEGORY_OF, type Case } from "./case.ts";
import { numberOf } from "./case-number.ts";
import { combined, withoutLink } from "./evolve-combined.ts";
import { described } from "./evolve-described.ts";
import type { Fact, FactOf } from "./facts.ts";

/** The state after a fact. The first fact of a case is CaseOpened; a fault is thrown when it is not. */
export function evolve(current: Case | undefined, fact: Fact, caseId: string): Case {
  return follow(current === undefined ? undefined : { ...current }, fact, caseId);
}

/** The state after an append: its facts applied in order, the version raised by one (design.md, Data). */
export function applyAppend(current: Case | undefined, facts: readonly Fact[], caseId: string): Case {
  let next = current === undefined ? undefined : { ...current };
  for (const fact of facts) next = follow(next, fact, caseId);
  if (next === undefined) throw new Error(`${caseId}: an append holds at least one fact`);
  // Whoever writes a case writes it in the shape that this code knows; the store refuses to write over a newer one.
  next.schema = Math.max(next.schema, CASE_SCHEMA);
  next.version = (current?.version ?? 0) + 1;
  return next;
}

/** Changes a state that nobody else has: one copy for an append, not one for each fact. */
function follow(draft: Case | undefined, fact: Fact, caseId: string): Case {
  if (draft === undefined) {
    if (fact.type !== "CaseOpened") throw new Error(`${caseId} begins with ${fact.type}, not with CaseOpened`);
    return opened(fact, caseId);
  }
  const changed = changes(draft, fact);
  Object.assign(draft, changed);
  // Another status ends one of the desk's own, unless the fact gives one.
  if (changed.status !== undefined && !("ownStatus" in changed)) draft.ownStatus = undefined;
  draft.changedAt = fact.at;
  if (changed.status !== undefined || changed.clocks !== undefined) {
    draft.clocks = followStatus(draft.clocks, draft.status, fact.at);
  }
  return draft;
}

/** State equals the fold of its facts, append by append (design.md, 5.3). */
export function fold(appends: Iterable<readonly Fact[]>, caseId: string): Case | undefined {
  let state: Case | undefined;
  for (const facts of appends) state = applyAppend(state, facts, caseId);
  return state;
}

function opened(fact: FactOf<"CaseOpened">, caseId: string): Case {
  return {
    schema: CASE_SCHEMA,
    id: caseId,
    number: numberOf(caseId),
    version: 0,
    status: "new",
    channel: fact.channel,
    openedAt: fact.at,
    changedAt: fact.at,
    openingMessageId: fact.messageId,
    lastMessageId: fact.messageId,
    messageCount: 0,
    requesterId: fact.requesterId,
    senderVerified: fact.senderVerified,
    ...(fact.mayPage !== undefined && { mayPage: fact.mayPage }),
    ...(fact.accountId !== undefined && { accountId: fact.accountId }),
    ...(fact.accountTeam !== undefined && { accountTeam: fact.accountTeam }),
    ...(fact.package !== undefined && { package: fact.package }),
    participants: [{ personId: fact.requesterId, part: "requester", seesCase: fact.senderVerified }],
    tier: 1,
    requestedPriority: fact.requestedPriority,
    triageOwed: false,
    clocks: [],
    links: [],
    tags: [],
    marks: [],
    fields: {},
  };
}

/** A requester who is believed after all sees their case. */
function believed(
  { senderVerified, requesterId, participants }: Case,
  { verified, ...account }: NonNullable<FactOf<"PriorityClassified">["vouched"]>,
): Partial<Case> {
  return {
    ...account,
    senderVerified: senderVerified || verified,
    participants: participants.map((one) =>
      verified && one.part === "requester" && one.personId === requesterId ? { ...one, seesCase: true } : one,
    ),
  };
}

function changes(current: Case, fact: Fact): Partial<Case> {
  switch (fact.type) {
    case "MessageReceived":
      return { lastMessageId: fact.messageId, messageCount: current.messageCount + 1 };
    case "PriorityClassified":
      return {
        priority: fact.priority,
        triageOwed: false,
        ...(fact.flag !== undefined && { flag: fact.flag }),
        ...(fact.mayPage !== undefined && { mayPage: fact.mayPage }),
        ...(fact.vouched !== undefined && believed(current, fact.vouched)),
      };
    case "CaseRouted":
      return { team: fact.team };
    case "ClockStarted":
      return { clocks: [...withoutEnded(current.clocks, fact.metric), startedCycle(fact)] };
    case "ClockRetargeted":
      return {
        clocks: onCycle(current, fact, (cycle) => ({
          ...cycle,
          startedAt: MOVES_START.has(fact.cause) ? fact.segment.measuredFrom : cycle.startedAt,
          dueAt: fact.dueAt,
          segments: withSegment(cycle.segments, fact.cause, fact.segment),
          warnedPercent: fact.dueAt === cycle.dueAt ? cycle.warnedPercent : 0,
        })),
      };
    case "ClockWarned":
      return {
        clocks: onCycle(current, fact, (cycle) => ({ ...cycle, warnedPercent: fact.percent, warnedAt: fact.at })),
      };
    case "ClockBreached":
      return {
        clocks: onCycle(current, fact, (cycle) => ({ ...cycle, dueAt: fact.dueAt, breachedAt: fact.dueAt })),
        breaches: [...(current.breaches ?? []), breach(fact)].slice(-BREACHES_KEPT),
      };
    case "ClockStopped":
      return {
        clocks: onCycle(current, fact, (cycle) => ({
          ...cycle,
          dueAt: fact.dueAt ?? cycle.dueAt,
          endedAt: fact.stoppedAt,
          outcome: fact.outcome,
        })),
      };
    case "ClockCancelled":
      return {
        clocks: onCycle(current, fact, (cycle) => ({
          ...cycle,
          endedAt: fact.at,
          outcome: "cancelled",
          cancelledBecause: fact.reason,
        })),
      };
    case "ClockReopened":
      return { clocks: onCycle(current, fact, (cycle) => ({ ...runningAgain(cycle), dueAt: fact.dueAt })) };
    case "ClockWaived":
      return {
        breaches: (current.breaches ?? []).map((kept) =>
          kept.metric === fact.metric && kept.cycle === fact.cycle ? { ...kept, waived: true } : kept,
        ),
      };
    case "CaseEscalated":
      return { tier: fact.toTier };
    case "CaseTaken":
      return { assigneeId: fact.assigneeId, ...(current.status === "new" && { status: "open" }) };
    case "CaseAssigned":
      return { assigneeId: fact.assigneeId, ...(current.status === "new" && { status: "open" }) };
    case "CaseReleased":
      return { assigneeId: undefined };
    case "CaseHandedOver":
      return { team: fact.to };
    case "StatusChanged":
      return {
        status: fact.to,
        ownStatus: fact.ownStatus,
        waitsUntil: fact.until,
        ...(CATEGORY_OF[fact.to] !== "done" && { resolvedAt: undefined }),
      };
    case "ReplyWritten":
      return { lastMessageId: fact.messageId, ...answeredBy(current, fact) };
    case "CallConnected":
      return answeredBy(current, fact);
    case "NoteWritten":
      return { messageCount: current.messageCount + 1 };
    case "PriorityChanged":
      return { priority: fact.to };
    case "CaseResolved":
      return { status: "resolved", ownStatus: fact.ownStatus, resolvedAt: fact.at, waitsUntil: undefined };
    case "CaseReopened":
      return { status: "open", resolvedAt: undefined };
    case "CaseLinked":
      return { links: [...current.links, { kind: fact.link, target: fact.caseId }] };
    case "CaseUnlinked":
      return { links: withoutLink(current, fact.link, fact.caseId) };
    case "CollaboratorsChanged":
    case "TagsChanged":
    case "FieldsChanged":
    case "CaseMarked":
    case "CaseUnmarked":
    case "ParticipantAdded":
    case "ParticipantRemoved":
      return described(current, fact);
    case "CaseMerged":
    case "CaseMergedAway":
    case "CaseUnmerged":
    case "CaseRestored":
    case "MessageSplitOff":
      return combined(current, fact);
    case "TriageDeferred":
      return { triageOwed: true };
    case "CoverageGapFound":
      return { gapFoundAt: fact.at };
    case "CaseOpened":
      throw new Error(`${current.id} was opened twice`);
    default:
      // A newer writer's fact: it is kept in the history and changes nothing that this code knows.
      return {};
  }
}

/** What a response changes, written or spoken. */
function answeredBy(current: Case, { at }: Pick<Fact, "at">): Partial<Case> {
  return {
    messageCount: current.messageCount + 1,
    firstAnsweredAt: current.firstAnsweredAt ?? at,
    ...(current.status === "new" && { status: "open" }),
  };
}

/** A message that came late or went away moves the start of a cycle. */
const MOVES_START: ReadonlySet<FactOf<"ClockRetargeted">["cause"]> = new Set(["older-message", "message-gone"]);

function startedCycle(fact: FactOf<"ClockStarted">): Cycle {
  return {
    metric: fact.metric,
    number: fact.cycle,
    startedAt: fact.startedAt,
    dueAt: fact.dueAt,
    segments: [fact.segment],
    warnedPercent: 0,
  };
}

function breach({ metric, cycle, dueAt }: FactOf<"ClockBreached">): Breach {
  return { metric, cycle, dueAt, waived: false };
}

/** A metric keeps its running cycle and, between cycles, its last ended one. */
function withoutEnded(clocks: readonly Cycle[], metric: Cycle["metric"]): Cycle[] {
  return clocks.filter((cycle) => cycle.metric !== metric || cycle.outcome === undefined);
}

function onCycle(
  current: Case,
  fact: { metric: Cycle["metric"]; cycle: number },
  change: (cycle: Cycle) => Cycle,
): Cycle[] {
  return current.clocks.map((cycle) =>
    cycle.metric === fact.metric && cycle.number === fact.cycle ? change(cycle) : cycle,
  );
}

import {
  type Case,
  changePriority,
  escalate,
  type Fact,
  isRefused,
  note,
  owedBy,
  project,
  type Rulebook,
  receiveMessage,
  reply,
  resolve,
  take,
  triageFacts,
  wake,
} from "@ithaca/domain";
import type { AppendSeen } from "./history.ts";
import { same } from "./same.ts";

interface DecisionWorld {
  readonly rulebooks: () => readonly Rulebook[];
  readonly violated: (law: string, what: string) => void;
}

type Decided = (before: Case | undefined, append: AppendSeen, rulebook: Rulebook) => readonly Fact[] | undefined;

/** What a decision gives, by the first fact of it. A kind of decision that is not here is not held against anything. */
const DECIDED: Partial<Record<Fact["type"], Decided>> = {
  CaseOpened: (_, { facts, messages }, rulebook) => {
    const [opened] = facts;
    const begun = facts.findIndex(({ type }) => type === "PriorityClassified");
    if (opened?.type !== "CaseOpened" || begun < 0) return undefined;
    const triageable = { ...opened, subject: messages[0]?.subject };
    return [...facts.slice(0, begun), ...triageFacts(triageable, rulebook, opened.at, opened.by)];
  },
  MessageReceived: (before, { facts, messages }, rulebook) => {
    const [received] = facts;
    if (before === undefined || received?.type !== "MessageReceived") return undefined;
    const joining = { ...received, subject: messages[0]?.subject };
    return receiveMessage(before, joining, rulebook, received.at, received.by);
  },
  ReplyWritten: (before, { facts }, rulebook) => {
    const [written] = facts;
    if (before === undefined || written?.type !== "ReplyWritten") return undefined;
    const { messageId, at, by } = written;
    const resolves = facts.some(({ type }) => type === "CaseResolved");
    return settled(
      resolves ? resolve(before, { messageId }, rulebook, at, by) : reply(before, messageId, rulebook, at, by),
    );
  },
  NoteWritten: (before, { facts }) => {
    const [written] = facts;
    if (before === undefined || written?.type !== "NoteWritten") return undefined;
    return settled(note(before, written.messageId, written.at, written.by));
  },
  CaseTaken: (before, { facts }) => {
    const [taken] = facts;
    if (before === undefined || taken?.type !== "CaseTaken") return undefined;
    return settled(take(before, taken.assigneeId, taken.at, taken.by));
  },
  CaseEscalated: (before, { facts }, { policy }) => {
    const [escalated] = facts;
    if (before === undefined || escalated?.type !== "CaseEscalated") return undefined;
    return settled(escalate(before, escalated.fromTier, policy, escalated.at, escalated.by));
  },
  ClockWarned: woken,
  ClockBreached: (before, append, rulebook) => {
    const { facts } = append;
    const [first] = facts;
    if (before === undefined || first === undefined) return undefined;
    const changed = facts.find((fact) => fact.type === "PriorityChanged");
    if (changed?.type === "PriorityChanged") return reprioritised(before, changed, rulebook);
    if (facts.some(({ type }) => type === "CaseResolved"))
      return settled(resolve(before, undefined, rulebook, first.at, first.by));
    return woken(before, append, rulebook);
  },
  PriorityChanged: (before, { facts }, rulebook) => {
    const [changed] = facts;
    if (before === undefined || changed?.type !== "PriorityChanged") return undefined;
    return reprioritised(before, changed, rulebook);
  },
};

function woken(before: Case | undefined, { facts, by }: AppendSeen, rulebook: Rulebook): readonly Fact[] | undefined {
  const [first] = facts;
  // Whoever changes a clock records first what is certain; only who wakes the case records that alone.
  if (before === undefined || first === undefined || by !== "wake-case") return undefined;
  return settled(wake(before, rulebook, first.at, first.by));
}

function reprioritised(
  before: Case,
  { to, reason, at, by }: Extract<Fact, { type: "PriorityChanged" }>,
  rulebook: Rulebook,
) {
  return settled(changePriority(before, { to, reason }, rulebook, at, by));
}

function settled(decision: ReturnType<typeof wake>): readonly Fact[] {
  return isRefused(decision) ? [] : decision;
}

/** An append is what the reference decides, owes what follows from it, and is listed where the rules put it. */
export function openDecisionLaw({ rulebooks, violated }: DecisionWorld) {
  return {
    onAppend(append: AppendSeen): void {
      const { history, before, facts, effects, wakeAtBefore } = append;
      const { caseId, state, projection } = history;
      const [first] = facts;
      const decided = first && DECIDED[first.type];
      if (decided !== undefined) {
        const references = rulebooks().map((rulebook) => decided(before, append, rulebook));
        const known = references.filter((reference) => reference !== undefined);
        if (known.length > 0 && !known.some((reference) => same(reference, facts))) {
          violated("decisions", `${caseId}: ${JSON.stringify(facts)} is not ${JSON.stringify(known[0])}`);
        }
      }

      const untriaged = state.triageOwed;
      const projections = untriaged
        ? [project(state, undefined)]
        : rulebooks().map((rulebook) => project(state, rulebook));
      if (!untriaged && !projections.some((reference) => same(reference, projection))) {
        violated(
          "projection",
          `${caseId} is listed as ${JSON.stringify(projection)}, not ${JSON.stringify(projections[0])}`,
        );
      }
      const owed = owedBy({ facts, next: state, projection, wakeAtBefore }, state.changedAt);
      const brief = (some: typeof effects) =>
        some.map((one) => ({ id: one.id, owed: one.owed, status: one.status, reason: one.reason }));
      if (!same(brief(owed), brief(effects))) {
        violated("owed", `${caseId} owes ${JSON.stringify(brief(effects))}, not ${JSON.stringify(brief(owed))}`);
      }
    },
  };
}

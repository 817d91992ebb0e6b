import {
  assign,
  type Case,
  changePriority,
  changeStatus,
  escalate,
  type Fact,
  handOver,
  isRefused,
  note,
  type Rulebook,
  receiveMessage,
  recordCall,
  release,
  reply,
  resolve,
  setMarks,
  take,
  triageFacts,
  waive,
  wake,
} from "@ithaca/domain";
import type { AppendSeen } from "./history.ts";

type Told<Type extends Fact["type"]> = Extract<Fact, { type: Type }>;
type Decides<Type extends Fact["type"]> = (
  told: Told<Type>,
  before: Case,
  append: AppendSeen,
  rulebook: Rulebook,
) => readonly Fact[] | undefined;

/** What each kind of decision gives on the state before it, by the fact that tells what was asked for. */
const DECIDED: { readonly [Type in Fact["type"]]?: Decides<Type> } = {
  MessageReceived: (received, before, { messages }, rulebook) =>
    receiveMessage(before, { ...received, subject: messages[0]?.subject }, rulebook, received.at, received.by),
  ReplyWritten: ({ messageId, at, by }, before, { facts }, rulebook) => {
    const resolved = facts.find((fact) => fact.type === "CaseResolved");
    return resolved === undefined
      ? settled(reply(before, messageId, rulebook, at, by))
      : settled(resolve(before, { messageId }, rulebook, at, by, resolved.ownStatus));
  },
  CaseResolved: ({ at, by, ownStatus }, before, _, rulebook) =>
    settled(resolve(before, undefined, rulebook, at, by, ownStatus)),
  CallConnected: ({ messageId, at, by }, before, _, rulebook) =>
    settled(recordCall(before, messageId, rulebook, at, by)),
  NoteWritten: ({ messageId, at, by }, before) => settled(note(before, messageId, at, by)),
  CaseTaken: ({ assigneeId, at, by }, before) => settled(take(before, assigneeId, at, by)),
  CaseAssigned: ({ assigneeId, at, by }, before) => settled(assign(before, assigneeId, at, by)),
  CaseHandedOver: ({ to: team, reasonId, at, by }, before, _, rulebook) =>
    settled(handOver(before, { team, reasonId }, rulebook, at, by)),
  CaseReleased: ({ at, by }, before) => settled(release(before, at, by)),
  CaseEscalated: (missed, before, _, { policy }) => settled(escalate(before, missed, policy, missed.at, missed.by)),
  PriorityChanged: ({ to, reasonId, at, by }, before, _, rulebook) =>
    settled(changePriority(before, { to, reasonId }, rulebook, at, by)),
  StatusChanged: ({ to, until, ownStatus, at, by }, before, _, rulebook) =>
    settled(changeStatus(before, { to: ownStatus ?? to, until }, rulebook, at, by)),
  ClockWaived: ({ metric, cycle, reasonId, at, by }, before) =>
    settled(waive(before, { metric, cycle, reasonId }, at, by)),
  CaseMarked: marked,
  CaseUnmarked: marked,
};

/**
 * The facts that tell what was asked for, the most telling first: what only follows from others is not among them. What is
 * decided on two cases at once the law of combining holds.
 */
const TELLING: readonly Fact["type"][] = [
  "CaseMarked",
  "CaseUnmarked",
  "CaseMerged",
  "CaseMergedAway",
  "CaseRestored",
  "MessageReceived",
  "ReplyWritten",
  "CaseResolved",
  "CallConnected",
  "NoteWritten",
  "CaseTaken",
  "CaseAssigned",
  "CaseHandedOver",
  "PriorityChanged",
  "StatusChanged",
  "CaseReleased",
  "CaseEscalated",
  "ClockWaived",
];

/** What the rules decide where an append was made; undefined for a kind of decision that is not held against anything. */
export function decidedFacts(append: AppendSeen, rulebook: Rulebook): readonly Fact[] | undefined {
  const { before, facts, by } = append;
  const [first] = facts;
  if (first === undefined) return undefined;
  if (before === undefined) return opened(append, rulebook);
  if (by === "wake-case") return settled(wake(before, rulebook, first.at, first.by));
  for (const type of TELLING) {
    const told = facts.find((fact) => fact.type === type);
    const decides = DECIDED[type] as Decides<Fact["type"]> | undefined;
    if (told !== undefined) return decides?.(told, before, append, rulebook);
  }
  return undefined;
}

function opened({ facts, messages }: AppendSeen, rulebook: Rulebook): readonly Fact[] | undefined {
  const [opening] = facts;
  const begun = facts.findIndex(({ type }) => type === "PriorityClassified");
  // What was split off was written before, with its subject.
  const isSplit = facts.some((fact) => fact.type === "CaseLinked" && fact.link === "split-from");
  if (opening?.type !== "CaseOpened" || begun < 0 || isSplit) return undefined;
  const triageable = { ...opening, subject: messages[0]?.subject };
  return [...facts.slice(0, begun), ...triageFacts(triageable, rulebook, opening.at, opening.by)];
}

function marked(
  { at, by }: Told<"CaseMarked" | "CaseUnmarked">,
  before: Case,
  { facts }: AppendSeen,
  rulebook: Rulebook,
): readonly Fact[] {
  const taken = facts.flatMap((fact) => (fact.type === "CaseUnmarked" ? [fact.mark] : []));
  const given = facts.flatMap((fact) => (fact.type === "CaseMarked" ? [fact.mark] : []));
  const marks = [...before.marks.filter((mark) => !taken.includes(mark)), ...given];
  return settled(setMarks(before, marks, rulebook, at, by));
}

/** What is refused decides nothing. */
function settled(decision: ReturnType<typeof wake>): readonly Fact[] {
  return isRefused(decision) ? [] : decision;
}

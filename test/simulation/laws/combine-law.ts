import {
  type Both,
  type Fact,
  type FactOf,
  type Message,
  merge,
  messagesOnCase,
  type Refused,
  type Rulebook,
  split,
  unmerge,
  waitingMessages,
  waitingSince,
} from "@ithaca/domain";
import { type AppendSeen, toldBefore } from "./history.ts";
import { same } from "./same.ts";

interface CombineWorld {
  readonly rulebooks: () => readonly Rulebook[];
  readonly violated: (law: string, what: string) => void;
}

/** What an append does to one of two cases, and all that had been told of that case. */
interface Half extends Pick<AppendSeen, "before" | "facts"> {
  readonly caseId: string;
  readonly earlier: readonly Fact[];
}

/** A customer's message as it was written, and when it was received. */
interface Written {
  readonly message: Message;
  readonly receivedAt: Message["receivedAt"];
}

type Pair = { readonly first: Half; readonly second: Half };
type Decided = Both | Refused | undefined;

/** What is decided on two cases at once is what the rules decide on both as they were before, and is written on both. */
export function openCombineLaw({ rulebooks, violated }: CombineWorld) {
  const written = new Map<string, Written>();
  const halves = new Map<string, Half>();

  function judge(pair: Pair): void {
    const { first, second } = pair;
    const decided = rulebooks().map((rulebook) => decide(pair, written, rulebook));
    const isOne = decided.some(
      (both) =>
        both !== undefined && !("refused" in both) && same(both.first, first.facts) && same(both.second, second.facts),
    );
    if (isOne) return;
    const told = JSON.stringify([first.facts, second.facts]);
    violated("combining", `${first.caseId} and ${second.caseId}: ${told} is not ${JSON.stringify(decided[0])}`);
  }

  /** Remembers what a message says, for whoever splits it off later. */
  function remember({ messages, facts }: AppendSeen): void {
    for (const message of messages) {
      const received = facts.find((fact) => fact.type === "MessageReceived" && fact.messageId === message.id);
      if (received?.type === "MessageReceived") written.set(message.id, { message, receivedAt: received.receivedAt });
    }
  }

  /** One of the two comes first; both are there once the other has come, of the same transaction. */
  function pair(half: Half, otherId: string): void {
    const name = `${otherId} ${half.caseId}`;
    const other = halves.get(name);
    halves.delete(name);
    if (other === undefined) halves.set(`${half.caseId} ${otherId}`, half);
    else judge(isFirst(half) ? { first: half, second: other } : { first: other, second: half });
  }

  return {
    onAppend(append: AppendSeen): void {
      const { before, facts } = append;
      const { caseId } = append.history;
      remember(append);
      const otherId = facts.map(otherCaseOf).find((id) => id !== undefined);
      if (otherId !== undefined) pair({ caseId, before, facts, earlier: toldBefore(append) }, otherId);
    },
    atEnd(): void {
      for (const pair of halves.keys()) violated("combining", `${pair}: the second knows nothing of it`);
    },
  };
}

/** The other case of a fact that is decided on two. */
function otherCaseOf(fact: Fact): string | undefined {
  switch (fact.type) {
    case "CaseMerged":
    case "CaseUnmerged":
    case "CaseRestored":
      return fact.fromCaseId;
    case "CaseMergedAway":
    case "MessageSplitOff":
      return fact.intoCaseId;
    case "CaseLinked":
      return fact.link === "split-from" ? fact.caseId : undefined;
    default:
      return undefined;
  }
}

/** Whether it is the case that the request named: the survivor, or the one that a message leaves. */
function isFirst({ facts }: Half): boolean {
  return facts.some(({ type }) => type === "CaseMerged" || type === "CaseUnmerged" || type === "MessageSplitOff");
}

function decide({ first, second }: Pair, written: ReadonlyMap<string, Written>, rulebook: Rulebook): Decided {
  if (first.before === undefined) return undefined;
  const left = of(first.facts, "MessageSplitOff");
  if (left !== undefined) {
    const known = written.get(left.messageId);
    if (known === undefined) return undefined;
    const asked = {
      intoCaseId: second.caseId,
      waitingSince: waitingSince(first.earlier, [left.messageId]),
      notify: of(second.facts, "CaseLinked")?.notify === true,
    };
    const message = { ...known.message, receivedAt: known.receivedAt };
    return split(first.before, message, asked, rulebook, left.at, left.by);
  }
  if (second.before === undefined) return undefined;
  const away = of(second.facts, "CaseMergedAway");
  if (away !== undefined) {
    const moved = {
      messageIds: messagesOnCase(second.earlier).map(({ id }) => id),
      waiting: waitingMessages(second.earlier),
      notify: away.notify,
      automatic: of(second.earlier, "MessageReceived")?.automatic,
    };
    return merge(first.before, second.before, moved, rulebook, away.at, away.by);
  }
  const restored = of(second.facts, "CaseRestored");
  if (restored === undefined) return undefined;
  const merged = first.earlier.findLast((fact) => fact.type === "CaseMerged" && fact.fromCaseId === second.caseId);
  if (merged?.type !== "CaseMerged") return undefined;
  const messages = {
    here: messagesOnCase(first.earlier).map(({ id }) => id),
    waitingSince: waitingSince(first.earlier, merged.messageIds),
  };
  return unmerge(first.before, second.before, merged, messages, rulebook, restored.at, restored.by);
}

function of<Type extends Fact["type"]>(facts: readonly Fact[], type: Type): FactOf<Type> | undefined {
  return facts.find((fact): fact is FactOf<Type> => fact.type === type);
}

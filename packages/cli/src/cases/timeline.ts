import { printable, printableLine } from "../output/printable.ts";
import type { CaseJson, FactJson, MessageJson } from "./case-json.ts";
import { factSentence, type Telling } from "./fact-sentence.ts";

/** What happened on a case: a line for each fact, what was written under the fact it came with, a head for each day. */
export function timeline(shown: Pick<CaseJson, "facts" | "messages">, telling: Telling): string[] {
  const entries =
    shown.facts === undefined
      ? shown.messages.map(messageEntry(telling))
      : factEntries(shown.facts, shown.messages, telling);
  const { moments } = telling;
  const lines: string[] = [];
  let day = "";
  for (const { at, sentence, text } of entries) {
    if (moments.date(at) !== day) {
      day = moments.date(at);
      lines.push(day);
    }
    lines.push(`  ${moments.time(at)}  ${printableLine(sentence)}`, ...quoted(text));
  }
  return lines;
}

interface Entry {
  readonly at: string;
  readonly sentence: string;
  readonly text?: string | undefined;
}

function factEntries(facts: readonly FactJson[], messages: readonly MessageJson[], telling: Telling): Entry[] {
  const inOrder = [...facts].sort((a, b) => a.version - b.version || a.index - b.index);
  const brought = (fact: FactJson) =>
    BRINGS_A_MESSAGE.includes(fact.type) && "messageId" in fact ? fact.messageId : undefined;
  const told = inOrder.map((fact): Entry => {
    const id = brought(fact);
    return {
      at: fact.at,
      sentence: factSentence(fact, telling),
      text: messages.find((message) => message.id === id)?.text,
    };
  });
  // What came with a merge stands where it was written.
  const others = messages.filter(({ id }) => !inOrder.some((fact) => brought(fact) === id)).map(messageEntry(telling));
  return [...told, ...others].sort((a, b) => a.at.localeCompare(b.at));
}

/** Other facts name a message too, but it was shown with these. */
const BRINGS_A_MESSAGE: readonly FactJson["type"][] = [
  "MessageReceived",
  "ReplyWritten",
  "CallConnected",
  "NoteWritten",
];

/** A customer sees no facts, so their messages stand for themselves. */
function messageEntry({ name }: Telling): (message: MessageJson) => Entry {
  return ({ receivedAt, by, personId, direction, text }) => ({
    at: receivedAt,
    sentence: direction === "outbound" ? "the desk answered" : `${name(personId ?? by.id)} wrote`,
    text,
  });
}

const INDENT = "            │ ";

function quoted(text: string | undefined): string[] {
  if (text === undefined) return [];
  return printable(text)
    .trimEnd()
    .split("\n")
    .map((line) => (INDENT + line).trimEnd());
}

import {
  applyAppend,
  caseIdOf,
  caseNumber,
  type Instant,
  instantOf,
  type Message,
  type Opening,
  openCase,
  owedBy,
  type Person,
  project,
  type Rulebook,
  system,
} from "@ithaca/domain";
import type { Append, Receipt } from "../ports/cases.ts";
import type { Store } from "../store.ts";

export const BY = system("contract");
export const START = instantOf("2026-11-25T15:00:00Z");

/** A number that no other situation uses, so that all of them can share one table. */
let lastSuffix = Math.floor(Number(process.hrtime.bigint() % 1_000_000_000n));

export function newSuffix(): string {
  lastSuffix += 1;
  return String(lastSuffix);
}

/** A case id that no other situation uses. */
export function newCaseId(): string {
  return caseIdOf(caseNumber(7, Number(newSuffix()) % 10_000_000));
}

export function examplePerson(suffix = newSuffix()): Person {
  return { id: `person_${suffix}`, addresses: [`jo-${suffix}@example.com`], known: true, accountId: "acct_acme" };
}

export interface Example {
  append: Append;
  message: Message;
  person: Person;
  receipt: Receipt;
}

/** An append that opens a case, as intake would make it. */
export async function openingAppend(
  store: Store,
  change: Partial<Opening> = {},
  { at = START, caseId = newCaseId() }: { at?: Instant; caseId?: string } = {},
): Promise<Example> {
  const person = examplePerson();
  const message = exampleMessage(caseId, { personId: person.id, receivedAt: at });
  const opening: Opening = {
    messageId: message.id,
    channel: "portal",
    subject: message.subject,
    requestedPriority: "medium",
    receivedAt: at,
    automatic: false,
    requesterId: person.id,
    senderVerified: true,
    accountTeam: "main",
    ...change,
  };
  return {
    append: openingOf(caseId, opening, message, await store.rulebooks.inForce(at, []), at),
    message,
    person,
    receipt: receiptOf(caseId, message),
  };
}

function openingOf(caseId: string, opening: Opening, message: Message, rulebook: Rulebook, at: Instant): Append {
  const facts = openCase(opening, rulebook, at, BY);
  const next = applyAppend(undefined, facts, caseId);
  const projection = project(next, rulebook);
  const effects = owedBy({ facts, next, projection, wakeAtBefore: undefined }, at);
  return { caseId, expectedVersion: 0, next, facts, projection, effects, messages: [message] };
}

export function exampleMessage(caseId: string, change: Partial<Message> = {}): Message {
  return {
    id: `msg_${newSuffix()}`,
    caseId,
    direction: "inbound",
    channel: "portal",
    by: BY,
    subject: "Exports stop at page 4",
    text: "It stops, and then nothing.",
    receivedAt: START,
    attachments: [],
    ...change,
  };
}

function receiptOf(caseId: string, message: Message): Receipt {
  const number = caseId.slice("case_".length);
  return { caseId, number, messageId: message.id, joined: false, receivedAt: message.receivedAt };
}

/** Opens a case in the store. */
export async function openExample(store: Store, change: Partial<Opening> = {}, at: Instant = START): Promise<Example> {
  const example = await openingAppend(store, change, { at });
  const result = await store.cases.append({ ...example.append, persons: [example.person] });
  if (!result.appended) throw new Error(`the example was not opened: ${result.conflict}`);
  return example;
}

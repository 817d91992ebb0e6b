import type { Instant } from "@ithaca/domain";
import { toIso } from "@ithaca/domain";

/**
 * Every key of the table and the shards of every index.
 *
 * | item             | pk                          | sk                        | index                                   |
 * |------------------|-----------------------------|---------------------------|-----------------------------------------|
 * | state of a case  | CASE#<case>                 | STATE                     | gsi1 and gsi3 always, gsi2 when it has a wake-up, gsi4 until it is done |
 * | facts            | CASE#<case>                 | FACTS#<version>           | gsi1 those that opened the case         |
 * | effect           | CASE#<case>                 | OWED#<version>.<index>    | gsi3 until it has ended, gsi4 while it is an open task |
 * | message          | MSG#<message>               | MESSAGE                   |                                         |
 * | person           | PERSON#<person>             | PERSON                    |                                         |
 * | address          | ADDRESS#<address>           | ADDRESS                   | (holds the whole person)                |
 * | account          | ACCOUNT#<account>           | ACCOUNT                   |                                         |
 * | principal        | PRINCIPAL#<principal>       | PRINCIPAL                 |                                         |
 * | token subject    | SUBJECT#<subject>           | SUBJECT                   |                                         |
 * | idempotency key  | KEY#<principal>#<key>       | KEY                       |                                         |
 * | channel message  | RECEIVED#<digest>           | RECEIVED                  | (digest of channel, its id and content) |
 * | file             | FILE#<file>                 | FILE                      | (whose it is)                           |
 * | mail budget      | BUDGET#<date>#<address>     | BUDGET                    | (expires)                               |
 * | desk             | DESK                        | STATE                     |                                         |
 * | timeline         | DESK                        | RULES                     |                                         |
 * | projection sweep | DESK                        | PROJECTIONS               |                                         |
 * | a change of rules| DESK                        | RULE-CHANGE#<revision>    |                                         |
 * | import, running  | DESK                        | IMPORT                    |                                         |
 * | policy           | POLICY#<version>            | POLICY                    |                                         |
 * | calendar         | CALENDAR#<calendar>#<vers.> | CALENDAR                  |                                         |
 * | preview          | PREVIEW#<preview>           | PREVIEW                   | (expires)                               |
 * | its months       | PREVIEW#<preview>           | MONTH#<month>             | (expires)                               |
 * | its result       | PREVIEW#<preview>           | RESULT                    | (expires)                               |
 * | counts of cases  | COUNTS#<0–31>               | COUNTS                    | (a number for each list, see counts.ts) |
 * | outcome of a cycle | CASE#<case>               | OUTCOME#<metric>.<cycle>  |                                         |
 * | counts of outcomes | ATTAINED#<0–31>           | <month>#<metric>#<priority>#<team>#<package> | (met, breached, waived) |
 *
 * | index | holds                     | partition                            | order                               |
 * |-------|---------------------------|--------------------------------------|-------------------------------------|
 * | gsi1  | list of a team, category  | LIST#<team>#<category>#<0–3>         | due (none last), latest change, case |
 * |       | (active ones at risk)     | LIST#<team>#at-risk#<0–3>            | the same                            |
 * |       | cases opened in a month   | OPENED#<month>#<0–3>                 | instant of the opening, case        |
 * | gsi2  | wake-ups                  | WAKE#<0–7>                           | wake-up, case                       |
 * | gsi3  | what is owed              | OWED#<0–7>                           | next attempt, effect                |
 * |       | latest change of a case   | CHANGED#<0–7>                        | instant of the change, case         |
 * | gsi4  | an agent's cases          | HELD#<agent>#<category>              | as in gsi1                          |
 * |       | nobody's cases            | FREE#<team>#<category>#<0–3>         | as in gsi1                          |
 * |       | an agent's open tasks     | TASKS#<agent>                        | instant of the abandoning, effect   |
 *
 * Versions and revisions are ten digits and an effect's index three, so that text order is number order. Instants are
 * ISO 8601 in UTC with milliseconds, for the same reason.
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Generic and sparse. DynamoDB takes no name of fewer than three characters. */
export const INDEXES = ["gsi1", "gsi2", "gsi3", "gsi4"] as const;
export type IndexName = (typeof INDEXES)[number];

/** What the table must be like; the stack's table and the one that the contract suite makes both are. */
export const TABLE_SHAPE = {
  partitionKey: "pk",
  sortKey: "sk",
  indexes: [
    { name: "gsi1", partitionKey: "gsi1pk", sortKey: "gsi1sk" },
    { name: "gsi2", partitionKey: "gsi2pk", sortKey: "gsi2sk" },
    { name: "gsi3", partitionKey: "gsi3pk", sortKey: "gsi3sk" },
    { name: "gsi4", partitionKey: "gsi4pk", sortKey: "gsi4sk" },
  ],
  timeToLiveAttribute: "expiresAt",
  streamViewType: "NEW_IMAGE",
} as const;

/** Over how many partitions an index is spread. More can be added at any time; fewer never. */
const LIST_SHARDS = 4;
const OPENED_SHARDS = 4;
const WAKE_SHARDS = 8;
const OWED_SHARDS = 8;
const CHANGED_SHARDS = 8;
/** Counts are spread over more, for every change of a list writes one of them. */
const COUNT_SHARDS = 32;

/** The "team" of a list of cases that have none, for their triage is owed. It is no code that a team could have. */
export const NO_TEAM = "-";

const VERSION_DIGITS = 10;
const INDEX_DIGITS = 3;

/** Sorts behind everything that begins with the same prefix. */
export const KEY_END = "~";

export function stateKey(caseId: string): Key {
  return { pk: `CASE#${caseId}`, sk: "STATE" };
}

export function factsKey(caseId: string, version: number): Key {
  return { pk: `CASE#${caseId}`, sk: `FACTS#${digits(version, VERSION_DIGITS)}` };
}

/** The key of an effect by its id, `<case>.<version>.<index>`; undefined when the id is not one of this case's. */
export function effectKey(caseId: string, effectId: string): Key | undefined {
  const place = /^\.(\d{1,10})\.(\d{1,3})$/.exec(effectId.slice(caseId.length));
  if (place === null || !effectId.startsWith(caseId)) return undefined;
  return owedKey(caseId, Number(place[1]), Number(place[2]));
}

export function owedKey(caseId: string, version: number, index: number): Key {
  return { pk: `CASE#${caseId}`, sk: `OWED#${digits(version, VERSION_DIGITS)}.${digits(index, INDEX_DIGITS)}` };
}

export const OWED_PREFIX = "OWED#";

export function messageKey(id: string): Key {
  return { pk: `MSG#${id}`, sk: "MESSAGE" };
}

export function personKey(id: string): Key {
  return { pk: `PERSON#${id}`, sk: "PERSON" };
}

export function addressKey(address: string): Key {
  return { pk: `ADDRESS#${address}`, sk: "ADDRESS" };
}

export function accountKey(id: string): Key {
  return { pk: `ACCOUNT#${id}`, sk: "ACCOUNT" };
}

export function principalKey(id: string): Key {
  return { pk: `PRINCIPAL#${id}`, sk: "PRINCIPAL" };
}

export function subjectKey(subject: string): Key {
  return { pk: `SUBJECT#${subject}`, sk: "SUBJECT" };
}

/** A principal's id has no "#" in it, so that no two pairs make one key. */
export function idempotencyKey(principalId: string, key: string): Key {
  return { pk: `KEY#${principalId}#${key}`, sk: "KEY" };
}

/** `digest` is of (channel, the channel's id, content hash): a channel's id may be longer than a key. */
export function receivedKey(digest: string): Key {
  return { pk: `RECEIVED#${digest}`, sk: "RECEIVED" };
}

export function fileKey(id: string): Key {
  return { pk: `FILE#${id}`, sk: "FILE" };
}

export function budgetKey(address: string, on: string): Key {
  return { pk: `BUDGET#${on}#${address}`, sk: "BUDGET" };
}

/** The id of the case whose partition an item is in; undefined for an item of any other. */
export function caseIdOfPartition(pk: string): string | undefined {
  return pk.startsWith("CASE#") ? pk.slice("CASE#".length) : undefined;
}

export const DESK_KEY: Key = { pk: "DESK", sk: "STATE" };
export const TIMELINE_KEY: Key = { pk: "DESK", sk: "RULES" };
export const PROJECTIONS_KEY: Key = { pk: "DESK", sk: "PROJECTIONS" };
export const IMPORT_KEY: Key = { pk: "DESK", sk: "IMPORT" };
export const RULE_CHANGE_PREFIX = "RULE-CHANGE#";

export function ruleChangeKey(revision: number): Key {
  return { pk: "DESK", sk: `${RULE_CHANGE_PREFIX}${digits(revision, VERSION_DIGITS)}` };
}

export function policyKey(version: number): Key {
  return { pk: `POLICY#${version}`, sk: "POLICY" };
}

export function calendarKey(id: string, version: number): Key {
  return { pk: `CALENDAR#${id}#${version}`, sk: "CALENDAR" };
}

/** The list of the active cases of a team that are at risk; the other active ones are in the list of their category. */
export const AT_RISK_LIST = "at-risk";

/** The partitions of a list. */
export function listPartitions(team: string, list: string): string[] {
  return shards(LIST_SHARDS).map((shard) => `LIST#${team}#${list}#${shard}`);
}

/** The partitions of the cases of a team and category that are nobody's. */
export function freePartitions(team: string, category: string): string[] {
  return shards(LIST_SHARDS).map((shard) => `FREE#${team}#${category}#${shard}`);
}

/** The partition of the cases of an agent in a category. */
export function heldPartition(assigneeId: string, category: string): string {
  return `HELD#${assigneeId}#${category}`;
}

/** Which list of its team a case is in. */
export function listOf({ category, atRisk }: { category: string; atRisk?: boolean | undefined }): string {
  return category === "active" && atRisk === true ? AT_RISK_LIST : category;
}

/** Where a case stands in the lists: its team's, and until it is done its agent's or that of nobody's cases. */
export function listPlaces(
  caseId: string,
  view: { team: string | undefined; category: string; atRisk?: boolean | undefined; assigneeId?: string | undefined },
  order: { dueAt: Instant | undefined; changedAt: Instant },
): Readonly<Record<string, string>> {
  const { team = NO_TEAM, category, assigneeId } = view;
  const due = order.dueAt === undefined ? NO_DUE : toIso(order.dueAt);
  const place = `${due}#${digits(LATEST_MS - order.changedAt, CHANGE_DIGITS)}#${caseId}`;
  const shard = shardOf(caseId, LIST_SHARDS);
  const holder = assigneeId === undefined ? `FREE#${team}#${category}#${shard}` : heldPartition(assigneeId, category);
  return {
    gsi1pk: `LIST#${team}#${listOf(view)}#${shard}`,
    gsi1sk: place,
    ...(category !== "done" && { gsi4pk: holder, gsi4sk: place }),
  };
}

/** Where the list of the done, which have no due and come latest first, ends that changed at an instant or later. */
export function doneUntil(changedSince: Instant): string {
  return `${NO_DUE}#${digits(LATEST_MS - changedSince, CHANGE_DIGITS)}#${KEY_END}`;
}

/** The partitions of the cases that were opened in a month, such as "2026-11" (UTC). */
export function openedPartitions(month: string): string[] {
  return shards(OPENED_SHARDS).map((shard) => `OPENED#${month}#${shard}`);
}

/**
 * Where the facts that opened a case stand among those of its month. They are never changed, so neither is the place:
 * whoever goes through the cases of a month meets each once, whatever happens to it meanwhile.
 */
export function openedPlace(caseId: string, openedAt: Instant): { gsi1pk: string; gsi1sk: string } {
  const at = toIso(openedAt);
  const month = at.slice(0, MONTH_LENGTH);
  return { gsi1pk: `OPENED#${month}#${shardOf(caseId, OPENED_SHARDS)}`, gsi1sk: `${at}#${caseId}` };
}

/** Begins the partition of every item of a preview, which an export leaves out. */
export const PREVIEW_PREFIX = "PREVIEW#";

export function previewKey(id: string): Key {
  return { pk: `${PREVIEW_PREFIX}${id}`, sk: "PREVIEW" };
}

export function previewMonthKey(id: string, month: string): Key {
  return { pk: `${PREVIEW_PREFIX}${id}`, sk: `MONTH#${month}` };
}

export function previewResultKey(id: string): Key {
  return { pk: `${PREVIEW_PREFIX}${id}`, sk: "RESULT" };
}

/** The partitions of the latest changes. */
export function changedPartitions(): string[] {
  return shards(CHANGED_SHARDS).map((shard) => `CHANGED#${shard}`);
}

/** Where a case stands among the latest changes. */
export function changedPlace(caseId: string, changedAt: Instant): { gsi3pk: string; gsi3sk: string } {
  return { gsi3pk: `CHANGED#${shardOf(caseId, CHANGED_SHARDS)}`, gsi3sk: `${toIso(changedAt)}#${caseId}` };
}

/** Begins the partition of every item of counts, which an export leaves out. */
export const COUNTS_PREFIX = "COUNTS#";

/** The items that hold the counts of cases; each case is counted in one of them. */
export function countKeys(): Key[] {
  return shards(COUNT_SHARDS).map((shard) => ({ pk: `${COUNTS_PREFIX}${shard}`, sk: "COUNTS" }));
}

/** The item in which a case is counted. */
export function countKey(caseId: string): Key {
  return { pk: `${COUNTS_PREFIX}${shardOf(caseId, COUNT_SHARDS)}`, sk: "COUNTS" };
}

/** Begins the sort key of every outcome of a case. */
export const OUTCOME_PREFIX = "OUTCOME#";

/** The key of what became of a cycle, by its name in its case. */
export function outcomeKey(caseId: string, cycle: string): Key {
  return { pk: `CASE#${caseId}`, sk: `${OUTCOME_PREFIX}${cycle}` };
}

/** Begins the partition of every count of outcomes, which an export leaves out. */
export const ATTAINED_PREFIX = "ATTAINED#";

/** Stands in a key for a priority, team or package that a case had none of. It is no code that one could have. */
const NO_CODE = "-";

/** What outcomes are counted by; `month` is such as "2026-11" (UTC). */
export interface CountedUnder {
  readonly month: string;
  readonly metric: string;
  readonly priority?: string | undefined;
  readonly team?: string | undefined;
  readonly package?: string | undefined;
}

/** The item in which the outcomes of a case are counted: in the shard that also counts the case. */
export function attainedKey(caseId: string, under: CountedUnder): Key {
  const { month, metric, priority = NO_CODE, team = NO_CODE, package: pack = NO_CODE } = under;
  const shard = shardOf(caseId, COUNT_SHARDS);
  return { pk: `${ATTAINED_PREFIX}${shard}`, sk: [month, metric, priority, team, pack].join("#") };
}

/** What is counted under a key that `attainedKey` gave. */
export function countedUnder({ sk }: Key): CountedUnder {
  const [month = "", metric = "", ...codes] = sk.split("#");
  const [priority, team, pack] = codes.map((code) => (code === NO_CODE ? undefined : code));
  return { month, metric, priority, team, package: pack };
}

/** The partitions of the counts of outcomes. */
export function attainedPartitions(): string[] {
  return shards(COUNT_SHARDS).map((shard) => `${ATTAINED_PREFIX}${shard}`);
}

export function wakePartitions(): string[] {
  return shards(WAKE_SHARDS).map((shard) => `WAKE#${shard}`);
}

/** Where a case stands among the wake-ups. */
export function wakePlace(caseId: string, wakeAt: Instant): { gsi2pk: string; gsi2sk: string } {
  return { gsi2pk: `WAKE#${shardOf(caseId, WAKE_SHARDS)}`, gsi2sk: `${toIso(wakeAt)}#${caseId}` };
}

export function owedPartitions(): string[] {
  return shards(OWED_SHARDS).map((shard) => `OWED#${shard}`);
}

/** Where an effect stands among what is owed. */
export function owedPlace(
  caseId: string,
  effectId: string,
  nextAttemptAt: Instant,
): { gsi3pk: string; gsi3sk: string } {
  return { gsi3pk: `OWED#${shardOf(caseId, OWED_SHARDS)}`, gsi3sk: `${toIso(nextAttemptAt)}#${effectId}` };
}

/** The partition of the open tasks of an agent. */
export function tasksPartition(agentId: string): string {
  return `TASKS#${agentId}`;
}

/** Where an effect stands among the open tasks of an agent. */
export function taskPlace(agentId: string, effectId: string, abandonedAt: Instant): { gsi4pk: string; gsi4sk: string } {
  return { gsi4pk: tasksPartition(agentId), gsi4sk: `${toIso(abandonedAt)}#${effectId}` };
}

const MONTH_LENGTH = "2026-11".length;
/** Sorts behind every due. */
const NO_DUE = "9999";
/** The end of 2199, the last instant there is: counted down from, the latest change comes first. */
const LATEST_MS = 7_258_118_399_999;
const CHANGE_DIGITS = 13;

function digits(value: number, length: number): string {
  return String(value).padStart(length, "0");
}

function shards(count: number): number[] {
  return [...Array(count).keys()];
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a, 32 bits: spreads ids that differ in their last digits only. */
function shardOf(id: string, count: number): number {
  let hash = FNV_OFFSET;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), FNV_PRIME);
  return (hash >>> 0) % count;
}

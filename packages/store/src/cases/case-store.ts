import { instantOf, toIso } from "@ithaca/domain";
import { type OutcomeWrites, outcomeWrites } from "../attainment/outcome-writes.ts";
import {
  caseItem,
  caseOf,
  ifAsRecounted,
  listedOf,
  projectionAttributes,
  requireKnownSchema,
} from "../items/case-item.ts";
import { factsOf } from "../items/facts-item.ts";
import { subjectOf } from "../items/message-item.ts";
import {
  AT_RISK_LIST,
  caseIdOfPartition,
  changedPartitions,
  doneUntil,
  factsKey,
  freePartitions,
  heldPartition,
  type IndexName,
  listPartitions,
  messageKey,
  openedPartitions,
  stateKey,
  wakePartitions,
} from "../keys.ts";
import { cursorAt, placeAfter } from "../paging/cursor.ts";
import { mergePartitions, pageOf } from "../paging/merge-partitions.ts";
import type { Append, AppendResult, CaseStore, CaseView, Claim, ListedCase, WakeUp } from "../ports/cases.ts";
import type { Bodies } from "../ports/content.ts";
import { IF_ABSENT, type Item, type Table } from "../table/table.ts";
import { type AppendWrite, appendWrites, keyItem } from "./append-writes.ts";
import { addedUp, countWrite, ifAsCounted, readCountedTeams, readCounts } from "./counts.ts";
import { lookUp } from "./look-up.ts";

/** The most appends whose facts are read at once. */
const FACTS_PAGE_MAX = 500;
const LIST_PAGE_MAX = 100;
/** The most cases of a month that are named at once. */
const OPENED_PAGE_MAX = 500;

/** Cases in a table. */
export function caseStore(table: Table, bodies: Bodies): CaseStore {
  const readWithProjection: CaseStore["readWithProjection"] = async (caseId) => {
    const item = await table.get(stateKey(caseId));
    return item && caseOf(item);
  };

  return {
    read: async (caseId) => (await readWithProjection(caseId))?.case,
    readWithProjection,
    lookUp: (keys) => lookUp(table, keys),
    append: (...appends) => append(table, bodies, appends),

    facts: async (caseId, afterVersion, limit) => {
      const { items } = await table.query({
        partition: stateKey(caseId).pk,
        from: factsKey(caseId, afterVersion + 1).sk,
        until: factsKey(caseId, LAST_VERSION).sk,
        limit: Math.min(limit, FACTS_PAGE_MAX),
      });
      return items.map(factsOf);
    },

    list: async (view, limit, cursor) => {
      const merged = await mergePartitions(table, {
        ...partitionsOf(view),
        limit: Math.min(limit, LIST_PAGE_MAX),
        ...(cursor !== undefined && { from: placeAfter(cursor) }),
      });
      return pageOf(await listed(table, merged.items), merged);
    },

    changes: async (from, until, limit) => {
      const [before, begin] =
        typeof from === "string" ? [from, placeAfter(from)] : [cursorAt(toIso(from)), toIso(from)];
      const end = toIso(until);
      if (begin > end) return { items: [], cursor: before, more: false };
      const place = { index: "gsi3", partitions: changedPartitions(), from: begin, until: end } as const;
      const { items, lastPlace } = await mergePartitions(table, { ...place, limit: Math.min(limit, LIST_PAGE_MAX) });
      const last = items.at(-1);
      const cursor = last === undefined ? before : cursorAt(String(last.gsi3sk));
      return { items: await listed(table, items), cursor, more: lastPlace !== undefined };
    },

    openedIn: async (month, { from, until }, limit, cursor) => {
      const merged = await mergePartitions(table, {
        index: "gsi1",
        partitions: openedPartitions(month),
        limit: Math.min(limit, OPENED_PAGE_MAX),
        from: cursor === undefined ? toIso(from) : placeAfter(cursor),
        // As with wake-ups: the instant alone sorts before every place at it.
        until: toIso(until),
      });
      return pageOf(
        merged.items.map(({ caseId }) => String(caseId)),
        merged,
      );
    },

    countedTeams: () => readCountedTeams(table),
    counts: (teams, agentId) => readCounts(table, teams, agentId),

    wakeUps: async (from, until, limit, cursor) => {
      const merged = await mergePartitions(table, {
        index: "gsi2",
        partitions: wakePartitions(),
        limit,
        from: cursor === undefined ? toIso(from) : placeAfter(cursor),
        // Every place at that instant is longer than the instant alone: it is left out with all of them.
        until: toIso(until),
      });
      return pageOf(merged.items.flatMap(wakeUpOf), merged);
    },

    takeKey: (claim) => table.put(keyItem(claim), IF_ABSENT),

    rewriteProjection: async (caseId, version, projection) => {
      const item = await table.get(stateKey(caseId));
      if (item === undefined || item.version !== version) return false;
      requireKnownSchema(caseId, Number(item.schema));
      const { case: current, projection: before, recounted } = caseOf(item);
      const counted = countWrite(caseId, before, projection);
      if (counted !== undefined) {
        const unchanged = { version: { equals: version }, ...ifAsCounted(before), ...ifAsRecounted({ recounted }) };
        const put = { put: { ...caseItem(current, projection), recounted }, condition: [unchanged] };
        return (await table.transact([put, counted])).done;
      }
      const { set, remove } = projectionAttributes(current, projection);
      const { updated } = await table.update(stateKey(caseId), { set, remove }, [{ version: { equals: version } }]);
      return updated;
    },
  };
}

const LAST_VERSION = 9_999_999_999;

/** Where a view reads. The active cases of a team are in two lists, of which those at risk are one. */
function partitionsOf(view: CaseView): { index: IndexName; partitions: string[]; until?: string } {
  if ("assigneeId" in view) {
    const { assigneeId, category } = view;
    const categories = category === undefined ? ["active", "waiting"] : [category];
    return { index: "gsi4", partitions: categories.map((one) => heldPartition(assigneeId, one)) };
  }
  const { category, only } = view;
  const teams = typeof view.team === "string" ? [view.team] : view.team;
  if (only === "unassigned") {
    return { index: "gsi4", partitions: teams.flatMap((team) => freePartitions(team, category)) };
  }
  const end = category === "done" && view.changedSince !== undefined && { until: doneUntil(view.changedSince) };
  const lists = [...(category === "active" ? [AT_RISK_LIST] : []), ...(only === "at-risk" ? [] : [category])];
  const partitions = teams.flatMap((team) => lists.flatMap((list) => listPartitions(team, list)));
  return { index: "gsi1", partitions, ...end };
}

async function append(table: Table, bodies: Bodies, appends: readonly Append[]): Promise<AppendResult> {
  const prepared = appends.map(appendWrites);
  const outcomes: OutcomeWrites[] = [];
  for (const one of appends) {
    const moved = await outcomeWrites(table, { ...one, before: one.before?.case });
    if (moved === undefined) return { appended: false, conflict: "too-much" };
    outcomes.push(moved);
  }
  await Promise.all(prepared.flatMap((one) => one.bodies).map(({ key, text }) => bodies.put(key, text)));

  const counted = [...prepared.flatMap((one) => one.counted ?? []), ...outcomes.flatMap((one) => one.counted)];
  const writes: AppendWrite[] = [
    ...prepared.flatMap((one) => one.writes),
    ...outcomes.flatMap(({ items }) => items.map((put) => ({ write: { put } }))),
    ...addedUp(counted).map((write) => ({ write })),
  ];
  const result = await table.transact(writes.map(({ write }) => write));
  if (result.done) return { appended: true };
  const claim = result.failed.map((place) => writes[place]?.claim).reduce(firstOf, undefined);
  return claim === undefined
    ? { appended: false, conflict: "version" }
    : { appended: false, conflict: "claimed", claim };
}

/** A request made before is known by its key first, then by its message: the address may well be its own. */
const CLAIM_ORDER: readonly Claim["kind"][] = ["idempotency-key", "channel-message", "file", "address"];

function firstOf(first: Claim | undefined, claim: Claim | undefined): Claim | undefined {
  if (first === undefined || claim === undefined) return first ?? claim;
  return CLAIM_ORDER.indexOf(claim.kind) < CLAIM_ORDER.indexOf(first.kind) ? claim : first;
}

async function listed(table: Table, items: readonly Item[]): Promise<ListedCase[]> {
  const cases = items.flatMap(readOrNone);
  if (cases.length === 0) return [];
  const opening = new Set(cases.map((one) => one.case.openingMessageId));
  const messages = await table.getMany([...opening].map(messageKey));
  const subjects = new Map(messages.map((item) => [item.pk, subjectOf(item)]));
  return cases.map((one) => {
    const subject = subjects.get(messageKey(one.case.openingMessageId).pk);
    return { ...one, ...(subject !== undefined && { subject }) };
  });
}

/** A list of what this code can read is better than none: what newer code wrote is listed by newer code. */
function readOrNone(item: Item): ReturnType<typeof listedOf>[] {
  try {
    return [listedOf(item)];
  } catch {
    return [];
  }
}

/** A wake-up by the keys of its case alone: one that only newer code can read keeps no other from being woken. */
function wakeUpOf({ pk, gsi2sk, version }: Item): WakeUp[] {
  const [wakeAt = ""] = String(gsi2sk).split("#");
  const caseId = caseIdOfPartition(pk);
  return caseId === undefined ? [] : [{ caseId, version: Number(version), wakeAt: instantOf(wakeAt) }];
}

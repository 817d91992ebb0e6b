import { type Effect, Instant, plus, toIso } from "@ithaca/domain";
import * as z from "zod/mini";
import { effectOf, openTaskPlace, openTaskPlaceOf, readableEffectOf } from "../items/effect-item.ts";
import {
  budgetKey,
  effectKey,
  KEY_END,
  OWED_PREFIX,
  owedPartitions,
  owedPlace,
  stateKey,
  tasksPartition,
} from "../keys.ts";
import { placeAfter } from "../paging/cursor.ts";
import { mergePartitions, pageOf } from "../paging/merge-partitions.ts";
import type { Effects, Ending } from "../ports/effects.ts";
import type { Change, Comparison, Condition, Item, Table } from "../table/table.ts";

const EFFECTS_PAGE_MAX = 500;

/** As much of an outcome as an effect holds (domain, Effect). What has been done must be recorded, whatever it gave. */
const OUTCOME_MAX_LENGTH = 200;

const UNFINISHED: Condition = [{ status: { equals: "pending" } }, { status: { equals: "claimed" } }];

/** A spent budget is kept past its day in every zone, and then expires. */
const BUDGET_KEPT_DAYS = 3;
const DAY_SECONDS = 86_400;

/** What is owed, in a table. `newToken` tells one claim from another; any text that no other claim has. */
export function effectStore(table: Table, newToken: () => string): Effects {
  return {
    read: async (caseId, effectId) => {
      const key = effectKey(caseId, effectId);
      const item = key && (await table.get(key));
      return item && effectOf(item);
    },

    ofCase: async (caseId, limit) => {
      const { items } = await table.query({
        partition: stateKey(caseId).pk,
        from: OWED_PREFIX,
        until: `${OWED_PREFIX}${KEY_END}`,
        descending: true,
        limit: Math.min(limit, EFFECTS_PAGE_MAX),
      });
      return items.flatMap((item) => effectOf(item) ?? []).reverse();
    },

    claim: (caseId, effectId, now, leaseMs) =>
      claim(table, { caseId, effectId, now, until: plus(now, leaseMs) }, newToken()),

    begin: async ({ caseId, id, attempts }) => {
      const key = effectKey(caseId, id);
      // Each claim counts an attempt, so that the number names the claim. Asked for twice it is true twice.
      const isOurs: Condition = [{ status: { equals: "claimed" }, attempts: { equals: attempts } }];
      return key !== undefined && (await table.update(key, { set: { begun: true } }, isOurs)).updated;
    },

    end: async (caseId, effectId, ending, now) => {
      const key = effectKey(caseId, effectId);
      if (key === undefined) return false;
      const { set, remove = [] } = endingChange(ending, now);
      // Whose task it becomes is said by what is owed, which never changes.
      const isAbandoned = ending.status === "abandoned";
      const place = isAbandoned ? openTaskPlaceOf(await table.get(key), { ...ending, endedAt: now }) : {};
      return (await table.update(key, { set: { ...set, ...place }, remove }, UNFINISHED)).updated;
    },

    release: async (caseId, effectId, nextAttemptAt) => {
      const key = effectKey(caseId, effectId);
      if (key === undefined) return;
      const set = { status: "pending", ...attempt(caseId, effectId, nextAttemptAt) };
      await table.update(key, { set, remove: ["claimToken", "begun"] }, UNFINISHED);
    },

    rest: async ({ caseId, id, repeats = 0 }, now, restMs) => {
      const restToken = newToken();
      const key = effectKey(caseId, id);
      if (key === undefined) return false;
      // Its place alone moves: when it may be claimed is as before. Whoever claims or releases it moves its place back.
      const set = { repeats: repeats + 1, restToken, ...owedPlace(caseId, id, plus(now, restMs)) };
      const rested = await table.update(key, { set }, [{ gsi3sk: { atMost: toIso(now) } }]);
      // A client that lost the answer and asked again finds its own token there.
      return rested.updated || rested.item?.restToken === restToken;
    },

    overdue: async (before, limit, cursor) => {
      const merged = await mergePartitions(table, {
        index: "gsi3",
        partitions: owedPartitions(),
        limit,
        ...(cursor !== undefined && { from: placeAfter(cursor) }),
        until: toIso(before),
      });
      const { effects, unreadable } = readIn(merged.items);
      return { ...pageOf(effects, merged), ...(unreadable > 0 && { unreadable }) };
    },

    openTasks: async (agentId, limit, cursor) => {
      const merged = await mergePartitions(table, {
        index: "gsi4",
        partitions: [tasksPartition(agentId)],
        limit,
        ...(cursor !== undefined && { from: placeAfter(cursor) }),
      });
      return pageOf(readIn(merged.items).effects, merged);
    },

    endTask: async (task, by, now) => {
      const key = effectKey(task.caseId, task.id);
      const { gsi4pk } = openTaskPlace(task);
      if (key === undefined || gsi4pk === undefined) return false;
      const set = { taskDone: { at: z.encode(Instant, now), by } };
      return (await table.update(key, { set, remove: ["gsi4pk", "gsi4sk"] }, [{ gsi4pk: { equals: gsi4pk } }])).updated;
    },

    spendMailBudget: (address, on, effectId) => {
      const expiresAt = Date.parse(on) / 1_000 + BUDGET_KEPT_DAYS * DAY_SECONDS;
      const item = { ...budgetKey(address, on), noun: "mail-budget", effectId, expiresAt };
      return table.put(item, ["absent", { effectId: { equals: effectId } }]);
    },
  };
}

/** The effects that some items hold, and how many of them cannot be read. */
function readIn(items: readonly Item[]): { effects: Effect[]; unreadable: number } {
  const read = items.map(readableEffectOf);
  return {
    effects: read.flatMap((one) => (one === "unreadable" ? [] : (one ?? []))),
    unreadable: read.filter((one) => one === "unreadable").length,
  };
}

/**
 * A conditional write, and another one where the first finds a claim that has run out. A client that lost the answer and
 * asked again finds its own token there: the claim is its own, and the attempt is counted once.
 */
async function claim(
  table: Table,
  claimed: { caseId: string; effectId: string; now: Instant; until: Instant },
  token: string,
): Promise<Effect | undefined> {
  const { caseId, effectId, now, until } = claimed;
  const key = effectKey(caseId, effectId);
  if (key === undefined) return undefined;

  const set = { status: "claimed", claimToken: token, begun: false, ...attempt(caseId, effectId, until) };
  const take = (change: Change, condition: Condition) =>
    table.update(key, { increment: "attempts", ...change }, condition);
  const first = await take({ set }, [{ status: { equals: "pending" } }]);
  if (first.updated || first.item?.claimToken === token) return first.item && effectOf(first.item);

  const held = first.item;
  if (held?.status !== "claimed") return undefined;
  const lapsed = { status: { equals: "claimed" }, nextAttemptAt: { atMost: toIso(now) } } as const;
  const ofSame = { claimToken: { equals: String(held.claimToken) }, begun: sameAs(held.begun) };
  const second = await take({ set: { ...set, ...lapsesAfter(held) } }, [{ ...lapsed, ...ofSame }]);
  const isOurs = second.updated || second.item?.claimToken === token;
  return isOurs && second.item !== undefined ? effectOf(second.item) : undefined;
}

function sameAs(begun: unknown): Comparison {
  return begun === undefined ? { isAbsent: true } : { equals: begun === true };
}

/** One more, unless whoever had it says that nothing was done; older code says nothing of that. */
function lapsesAfter({ begun, lapses = 0 }: Item): { lapses?: number } {
  return begun === false ? {} : { lapses: Number(lapses) + 1 };
}

function attempt(caseId: string, effectId: string, at: Instant) {
  return { nextAttemptAt: z.encode(Instant, at), ...owedPlace(caseId, effectId, at) };
}

function endingChange(ending: Ending, now: Instant): Change {
  const outcome = "outcome" in ending ? ending.outcome?.slice(0, OUTCOME_MAX_LENGTH) : undefined;
  return {
    set: { ...ending, ...(outcome !== undefined && { outcome }), endedAt: z.encode(Instant, now) },
    remove: ["nextAttemptAt", "claimToken", "begun", "restToken", "gsi3pk", "gsi3sk"],
  };
}

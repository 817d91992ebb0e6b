import { type Effect, Instant, plus, toIso } from "@ithaca/domain";
import * as z from "zod/mini";
import { effectOf } from "../items/effect-item.ts";
import { budgetKey, effectKey, KEY_END, OWED_PREFIX, owedPartitions, owedPlace, stateKey } from "../keys.ts";
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
      return key !== undefined && (await table.update(key, endingChange(ending, now), UNFINISHED)).updated;
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
      const read = merged.items.map(readOrNot);
      const unreadable = read.filter((one) => one === "unreadable").length;
      const page = pageOf(
        read.flatMap((one) => (one === "unreadable" ? [] : (one ?? []))),
        merged,
      );
      return { ...page, ...(unreadable > 0 && { unreadable }) };
    },

    spendMailBudget: (address, on, effectId) => {
      const expiresAt = Date.parse(on) / 1_000 + BUDGET_KEPT_DAYS * DAY_SECONDS;
      const item = { ...budgetKey(address, on), noun: "mail-budget", effectId, expiresAt };
      return table.put(item, ["absent", { effectId: { equals: effectId } }]);
    },
  };
}

/** One that cannot be read must not keep the others from being done. */
function readOrNot(item: Item): Effect | "unreadable" | undefined {
  try {
    return effectOf(item);
  } catch {
    return "unreadable";
  }
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

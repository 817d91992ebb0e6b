import type { Item, Key, Table } from "@ithaca/store";
import { same } from "../laws/same.ts";
import { chanceOf } from "../world/chance.ts";
import { type Operation, randomOperation } from "./random-operations.ts";

/** An operation that two tables answered differently. */
export interface Difference {
  readonly at: number;
  readonly operation: Operation;
  readonly first: unknown;
  readonly second: unknown;
}

const DIFFERENCES_MAX = 10;

/**
 * Asks two tables, both empty under a lane's keys, the same, one after the other, and says where they differ. `from` and
 * `until` are places in one sequence of a seed: several lanes can be compared at the same time.
 */
export async function compareTables(
  first: Table,
  second: Table,
  { seed, lane, operations }: { seed: number; lane: string; operations: number },
): Promise<Difference[]> {
  const chance = chanceOf(seed, "differential", lane);
  const differences: Difference[] = [];
  for (let at = 0; at < operations && differences.length < DIFFERENCES_MAX; at += 1) {
    const operation = randomOperation(chance, lane);
    const [one, other] = await Promise.all([answerOf(first, operation), answerOf(second, operation)]);
    if (!same(one, other)) differences.push({ at, operation, first: one, second: other });
  }
  return differences;
}

/** What a table answers, in an order that says nothing; a refusal is a refusal, whatever its words. */
export async function answerOf(table: Table, operation: Operation): Promise<unknown> {
  try {
    const answer = await ask(table, operation);
    return operation.kind === "get-many" ? inOrder(answer as Key[]) : answer;
  } catch {
    return "refused";
  }
}

function ask(table: Table, operation: Operation): Promise<unknown> {
  switch (operation.kind) {
    case "get":
      return table.get(operation.key);
    case "get-many":
      return table.getMany(operation.keys);
    case "put":
      return table.put(operation.item, operation.condition);
    case "update":
      return table.update(operation.key, operation.change, operation.condition);
    case "transact":
      return table.transact(operation.writes);
    case "query":
      return table.query(operation.stretch);
    case "scan":
      return scanned(table, operation);
  }
}

/** All of a lane, and whether what comes after one of its items is the rest. Which partition comes first says nothing. */
async function scanned(table: Table, { lane, share }: { lane: string; share: number }) {
  const all = await ofLane(table.scan(), lane);
  const at = Math.floor(share * all.length);
  const rest = await ofLane(table.scan(all[at]), lane);
  return {
    all: all.toSorted((a, b) => (a.pk < b.pk ? -1 : Number(a.pk > b.pk))),
    goesOn: same(rest, all.slice(at + 1)),
  };
}

async function ofLane(items: AsyncIterable<Item>, lane: string): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) if (item.pk.startsWith(`${lane}#`)) found.push(item);
  return found;
}

function inOrder<One extends Key>(items: readonly One[]): One[] {
  return items.toSorted((a, b) => (`${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1));
}

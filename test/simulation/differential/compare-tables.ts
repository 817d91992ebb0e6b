import type { Table } from "@ithaca/store";
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
async function answerOf(table: Table, operation: Operation): Promise<unknown> {
  try {
    const answer = await ask(table, operation);
    return operation.kind === "get-many" ? inOrder(answer as { pk: string; sk: string }[]) : answer;
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
  }
}

function inOrder<One extends { pk: string; sk: string }>(items: readonly One[]): One[] {
  return items.toSorted((a, b) => (`${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1));
}

import {
  type Case,
  type CountedCycle,
  type CycleName,
  cycleKey,
  type Fact,
  followOutcomes,
  isCounted,
  type Outcomes,
  outcomesAskedFor,
  toIso,
} from "@ithaca/domain";
import { addedUp, type CountWrite } from "../cases/counts.ts";
import { outcomeItem, outcomeOf } from "../items/outcome-item.ts";
import { attainedKey, KEY_END, OUTCOME_PREFIX, outcomeKey, stateKey } from "../keys.ts";
import { readStretch } from "../paging/read-stretch.ts";
import type { Item, Table } from "../table/table.ts";

/** What an append writes of the outcomes of its case, and how it moves their counts. */
export interface OutcomeWrites {
  readonly items: readonly Item[];
  readonly counted: readonly CountWrite[];
}

/**
 * The most headings (month, metric, priority, team, package) between which one change moves the outcomes of a case; only
 * a mark moves more than a few. What a transaction writes besides takes the rest of its hundred.
 */
export const HEADINGS_MAX = 80;

/**
 * What an append changes of what became of its case's cycles. It is written in the append's own transaction, which fails
 * on the case's version when anybody was faster: so each outcome is counted once, however often it is decided. What was
 * known before is read only for the few facts that change it. Undefined when it would move more headings than it may.
 */
export async function outcomeWrites(
  table: Table,
  append: { caseId: string; before: Case | undefined; next: Case; facts: readonly Fact[] },
): Promise<OutcomeWrites | undefined> {
  const { caseId, before, next, facts } = append;
  const known = await readOutcomes(table, caseId, outcomesAskedFor(before, facts));
  const after: Outcomes = new Map(known);
  followOutcomes(after, before, facts, caseId);

  const names = [...new Set([...known.keys(), ...after.keys()])];
  const changed = names.filter((name) => known.get(name) !== after.get(name));
  const counted = addedUp([
    ...(before !== undefined && isCounted(before) ? countsOf(caseId, known.values(), -1) : []),
    ...(isCounted(next) ? countsOf(caseId, after.values(), 1) : []),
  ]);
  if (counted.length > HEADINGS_MAX) return undefined;
  return { items: changed.map((name) => outcomeItem(caseId, name, after.get(name))), counted };
}

/** Counts some outcomes of a case, or takes them away (`by` -1). */
export function countsOf(caseId: string, outcomes: Iterable<CountedCycle>, by: 1 | -1): CountWrite[] {
  return Array.from(outcomes, (one) => ({
    addTo: attainedKey(caseId, { ...one, month: toIso(one.at).slice(0, MONTH_LENGTH) }),
    amounts: { [one.outcome]: by },
  }));
}

const MONTH_LENGTH = "2026-11".length;

async function readOutcomes(table: Table, caseId: string, asked: "all" | readonly CycleName[]): Promise<Outcomes> {
  const items = asked === "all" ? await readStretch(table, everyOutcome(caseId)) : await readSome(table, caseId, asked);
  const outcomes = items.flatMap((item) => outcomeOf(item) ?? []);
  return new Map(outcomes.map((one) => [cycleKey(one), one]));
}

async function readSome(table: Table, caseId: string, asked: readonly CycleName[]): Promise<Item[]> {
  const names = new Set(asked.map(cycleKey));
  return names.size === 0 ? [] : table.getMany([...names].map((name) => outcomeKey(caseId, name)));
}

function everyOutcome(caseId: string) {
  return { partition: stateKey(caseId).pk, from: OUTCOME_PREFIX, until: `${OUTCOME_PREFIX}${KEY_END}` };
}

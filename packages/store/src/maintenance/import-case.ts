import {
  applyAppend,
  CASE_SCHEMA,
  Case,
  followOutcomes,
  type Instant,
  instantOf,
  isCounted,
  type Outcomes,
  project,
} from "@ithaca/domain";
import * as z from "zod/mini";
import { countsOf } from "../attainment/outcome-writes.ts";
import { addedUp, countWrite } from "../cases/counts.ts";
import { caseItem, requireKnownSchema } from "../items/case-item.ts";
import { factsOf, placedFacts } from "../items/facts-item.ts";
import { outcomeItem } from "../items/outcome-item.ts";
import { owedPlace } from "../keys.ts";
import type { RecordedFacts } from "../ports/cases.ts";
import type { Rulebooks } from "../ports/rules.ts";
import { IF_ABSENT, type Item, type Write } from "../table/table.ts";

/** An exported case contradicts itself: its state is not the fold of its facts. Nothing of it was imported. */
export class ImportMismatch extends Error {
  override readonly name = "ImportMismatch";
}

/**
 * What is to be written of an exported case: when its state is there, so is all the rest, and it is counted. Each of the
 * `counted` is one transaction, by whose first item one knows whether it was carried out; the state is in the last.
 */
export interface ImportedCase {
  rest: Item[];
  counted: Write[][];
}

/** So many outcomes and their counts fit into one transaction, with the state. */
const OUTCOMES_AT_ONCE = 45;

/**
 * The items of an exported case as they are to be written, the state last: folded anew from the facts, with a projection
 * by the rules in force here. Nothing is announced, for it was when it happened. Throws ImportMismatch, and NewerSchema
 * when newer code exported it.
 */
export async function importedCase(
  exported: readonly Item[],
  rulebooks: Rulebooks,
  now: Instant,
): Promise<ImportedCase> {
  const facts = exported.filter((item) => item.noun === "facts");
  const effects = exported.filter((item) => item.noun === "effect");
  const appends = facts.map(factsOf);
  const state = foldOf(appends);
  requireSame(
    state,
    exported.find((item) => item.noun === "case"),
  );
  const projection = project(state, await rulebooks.inForce(now, [state]));
  const listed = countWrite(state.id, undefined, projection);
  const lots = outcomesOf(state, appends);
  const last = [{ put: caseItem(state, projection), condition: IF_ABSENT }, ...(listed === undefined ? [] : [listed])];
  return {
    rest: [...facts.map(placedFacts), ...effects.map(unclaimed)],
    counted: [...lots.slice(0, -1), [...last, ...(lots.at(-1) ?? [])]],
  };
}

/** What became of its cycles, told by its facts, with their counts. */
function outcomesOf(state: Case, appends: readonly RecordedFacts[]): Write[][] {
  const outcomes: Outcomes = new Map();
  let current: Case | undefined;
  for (const { facts } of appends) current = followOutcomes(outcomes, current, facts, state.id);
  const all = [...outcomes];
  return Array.from({ length: Math.ceil(all.length / OUTCOMES_AT_ONCE) }, (_none, at) => {
    const some = all.slice(at * OUTCOMES_AT_ONCE, (at + 1) * OUTCOMES_AT_ONCE);
    const counts = isCounted(state) ? countsOf(state.id, new Map(some).values(), 1) : [];
    return [
      ...some.map(([name, outcome]) => ({ put: outcomeItem(state.id, name, outcome), condition: IF_ABSENT })),
      ...addedUp(counts),
    ];
  });
}

function foldOf(appends: readonly RecordedFacts[]): Case {
  let state: Case | undefined;
  for (const { caseId, version, facts } of appends) {
    state = applyAppend(state, facts, caseId);
    if (state.version !== version) throw new ImportMismatch(`${caseId}: facts of version ${state.version} are missing`);
  }
  if (state === undefined) throw new ImportMismatch("a case without facts");
  return state;
}

/** State equals the fold of its facts (design.md, 5.3): what was exported must be what is folded. */
function requireSame(folded: Case, exported: Item | undefined): void {
  if (exported === undefined) throw new ImportMismatch(`${folded.id}: its state is missing`);
  const schema = Number(exported.schema);
  requireKnownSchema(folded.id, schema);
  // An older shape is not this code's fold; what it was folded from is.
  if (schema < CASE_SCHEMA) return;

  const [here, there] = [z.encode(Case, folded), exported.state].map(canonical);
  if (here !== there) throw new ImportMismatch(`${folded.id}: its state is not the fold of its facts`);
}

/** Whoever had claimed an effect is gone: it is to be had again. */
function unclaimed(item: Item): Item {
  const { status, nextAttemptAt, caseId, id } = item;
  if (typeof nextAttemptAt !== "string") return item;
  const place = owedPlace(String(caseId), String(id), instantOf(nextAttemptAt));
  return { ...item, ...place, status: status === "claimed" ? "pending" : status };
}

/** JSON with the names in order and without what is undefined. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

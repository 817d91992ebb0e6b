import { applyAppend, CASE_SCHEMA, Case, type Instant, instantOf, project } from "@ithaca/domain";
import * as z from "zod/mini";
import { outcomesByFacts, outcomesToWrite } from "../attainment/outcomes-by-facts.ts";
import { countWrite } from "../cases/counts.ts";
import { caseItem, requireKnownSchema } from "../items/case-item.ts";
import { openTaskPlaceOf } from "../items/effect-item.ts";
import { factsOf, placedFacts } from "../items/facts-item.ts";
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
  const lots = outcomesToWrite(state, outcomesByFacts(state.id, appends));
  const last = [{ put: caseItem(state, projection), condition: IF_ABSENT }, ...(listed === undefined ? [] : [listed])];
  return {
    rest: [...facts.map(placedFacts), ...effects.map(placedEffect)],
    counted: [...lots.slice(0, -1), [...last, ...(lots.at(-1) ?? [])]],
  };
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

/** Where an effect stands among what is owed, or among open tasks. Whoever had claimed it is gone: it is to be had again. */
function placedEffect(item: Item): Item {
  const { status, nextAttemptAt, caseId, id } = item;
  if (typeof nextAttemptAt !== "string") return { ...item, ...openTaskPlaceOf(item) };
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

import { type Case, followOutcomes, isCounted, type Outcomes } from "@ithaca/domain";
import { addedUp } from "../cases/counts.ts";
import { outcomeItem } from "../items/outcome-item.ts";
import type { RecordedFacts } from "../ports/cases.ts";
import { IF_ABSENT, type Write } from "../table/table.ts";
import { countsOf } from "./outcome-writes.ts";

/** So many outcomes and their counts fit into one transaction, with what else it writes. */
const OUTCOMES_AT_ONCE = 45;

/** What became of the cycles of a case, told by all its facts. */
export function outcomesByFacts(caseId: string, appends: readonly RecordedFacts[]): Outcomes {
  const outcomes: Outcomes = new Map();
  let current: Case | undefined;
  for (const { facts } of appends) current = followOutcomes(outcomes, current, facts, caseId);
  return outcomes;
}

/**
 * What writes outcomes that are not there yet, each with its count, as many transactions as that takes: if one of its
 * outcomes is there, none of its counts is moved.
 */
export function outcomesToWrite(state: Case, outcomes: Outcomes): Write[][] {
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

import { type AnswerOf, recordedFact, SHOWN_EFFECTS_MAX, SHOWN_FACTS_MAX } from "@ithaca/contracts";
import type { Case } from "@ithaca/domain";
import { type CaseStore, type Effects, isKnownFactType, type RecordedFacts } from "@ithaca/store";

/** How many of the last changes of a case are shown with it: what the store reads at once. */
const SHOWN_CHANGES_MAX = 500;

/** The facts of a case's last changes, oldest first, up to the version that was read. */
export async function recentFacts(current: Case, cases: Pick<CaseStore, "facts">): Promise<RecordedFacts[]> {
  const after = Math.max(0, current.version - SHOWN_CHANGES_MAX);
  const recorded = await cases.facts(current.id, after, SHOWN_CHANGES_MAX);
  return recorded.filter(({ version }) => version <= current.version);
}

/** Facts as agents see them, the newest of too many; types that only newer code knows are left out. */
export function factsShown(recorded: readonly RecordedFacts[]): NonNullable<AnswerOf<"read-case">["facts"]> {
  return recorded
    .flatMap(({ version, facts }) =>
      facts.flatMap((fact, index) => (isKnownFactType(fact.type) ? [recordedFact(fact, version, index)] : [])),
    )
    .slice(-SHOWN_FACTS_MAX);
}

/** What a case owes and owed, as agents see it. */
export async function effectsOf(current: Case, effects: Pick<Effects, "ofCase">) {
  const owed = await effects.ofCase(current.id, SHOWN_EFFECTS_MAX);
  return owed.map(({ caseId: _caseId, ...effect }) => effect);
}

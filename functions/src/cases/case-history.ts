import { type AnswerOf, recordedFact, SHOWN_EFFECTS_MAX, SHOWN_FACTS_MAX } from "@ithaca/contracts";
import type { Case, Fact } from "@ithaca/domain";
import { type CaseStore, type Effects, isKnownFactType, type RecordedFacts } from "@ithaca/store";
import type { Ports } from "../runtime/ports.ts";

/** How many of the last changes of a case are shown with it: what the store reads at once. */
const SHOWN_CHANGES_MAX = 500;

/** The facts of a case's last changes, oldest first, up to the version that was read. */
export async function recentFacts(current: Case, cases: Pick<CaseStore, "facts">): Promise<RecordedFacts[]> {
  const after = Math.max(0, current.version - SHOWN_CHANGES_MAX);
  const recorded = await cases.facts(current.id, after, SHOWN_CHANGES_MAX);
  return recorded.filter(({ version }) => version <= current.version);
}

/**
 * Facts as agents see them, the newest of too many, with the reasons that people gave; types that only newer code knows are
 * left out, and so is a reason that was erased.
 */
export async function factsShown(
  recorded: readonly RecordedFacts[],
  messages: Pick<Ports["messages"], "read">,
): Promise<NonNullable<AnswerOf<"read-case">["facts"]>> {
  const shown = recorded
    .flatMap(({ version, facts }) =>
      facts.flatMap((fact, index) => (isKnownFactType(fact.type) ? [{ fact, version, index }] : [])),
    )
    .slice(-SHOWN_FACTS_MAX);
  const ids = shown.flatMap(({ fact }) => reasonIdOf(fact) ?? []);
  const reasons = new Map((await messages.read(ids)).map(({ id, text }) => [id, text]));
  return shown.map(({ fact, version, index }) => {
    const reason = reasons.get(reasonIdOf(fact) ?? "");
    return recordedFact(reason === undefined ? fact : ({ ...fact, reason } as Fact), version, index);
  });
}

function reasonIdOf(fact: Fact): string | undefined {
  return "reasonId" in fact ? fact.reasonId : undefined;
}

/** What a case owes and owed, as agents see it. */
export async function effectsOf(current: Case, effects: Pick<Effects, "ofCase">) {
  const owed = await effects.ofCase(current.id, SHOWN_EFFECTS_MAX);
  return owed.map(({ caseId: _caseId, ...effect }) => effect);
}

import { type Fact, owedBy, project, type Rulebook } from "@ithaca/domain";
import { decidedFacts } from "./decided-facts.ts";
import type { DirectorySeen } from "./directory-seen.ts";
import type { AppendSeen } from "./history.ts";
import { LATE_TRIAGE, triagedLate } from "./late-triage.ts";
import { same } from "./same.ts";

interface DecisionWorld {
  readonly rulebooks: () => readonly Rulebook[];
  readonly directory: DirectorySeen;
  readonly violated: (law: string, what: string) => void;
}

/** An append is what the reference decides, owes what follows from it, and is listed where the rules put it. */
export function openDecisionLaw({ rulebooks, directory, violated }: DecisionWorld) {
  const subjects = new Map<string, string | undefined>();
  const beside = { directory, subjectOf: (messageId: string) => subjects.get(messageId) };

  function referencesOf(append: AppendSeen, rulebook: Rulebook): readonly (readonly Fact[])[] {
    const { before, by } = append;
    if (before !== undefined && by === LATE_TRIAGE) return triagedLate(append, before, rulebook, beside);
    const reference = decidedFacts(append, rulebook);
    return reference === undefined ? [] : [reference];
  }

  return {
    onAppend(append: AppendSeen): void {
      for (const { id, subject } of append.messages) subjects.set(id, subject);
      const { history, facts, effects, wakeAtBefore } = append;
      const { caseId, state, projection } = history;
      const known = rulebooks().flatMap((rulebook) => referencesOf(append, rulebook));
      if (known.length > 0 && !known.some((reference) => same(reference, facts))) {
        violated("decisions", `${caseId}: ${JSON.stringify(facts)} is not ${JSON.stringify(known[0])}`);
      }

      const untriaged = state.triageOwed;
      const projections = untriaged
        ? [project(state, undefined)]
        : rulebooks().map((rulebook) => project(state, rulebook));
      if (!untriaged && !projections.some((reference) => same(reference, projection))) {
        violated(
          "projection",
          `${caseId} is listed as ${JSON.stringify(projection)}, not ${JSON.stringify(projections[0])}`,
        );
      }
      const owed = owedBy({ facts, next: state, projection, wakeAtBefore }, state.changedAt);
      const brief = (some: typeof effects) =>
        some.map((one) => ({ id: one.id, owed: one.owed, status: one.status, reason: one.reason }));
      if (!same(brief(owed), brief(effects))) {
        violated("owed", `${caseId} owes ${JSON.stringify(brief(effects))}, not ${JSON.stringify(brief(owed))}`);
      }
    },
  };
}

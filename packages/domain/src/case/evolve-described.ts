import type { Case } from "./case.ts";
import type { FactOf } from "./facts.ts";

type Described = FactOf<
  | "CollaboratorsChanged"
  | "TagsChanged"
  | "FieldsChanged"
  | "CaseMarked"
  | "CaseUnmarked"
  | "ParticipantAdded"
  | "ParticipantRemoved"
>;

/** What a fact changes that says what a case is about and who takes part in it. */
export function described(current: Case, fact: Described): Partial<Case> {
  switch (fact.type) {
    case "CollaboratorsChanged":
      return { collaborators: changedList(current.collaborators ?? [], fact) };
    case "TagsChanged":
      return { tags: changedList(current.tags, fact) };
    case "FieldsChanged": {
      const kept = Object.entries(current.fields).filter(([code]) => !fact.cleared.includes(code));
      return { fields: { ...Object.fromEntries(kept), ...fact.set } };
    }
    case "CaseMarked":
      return { marks: [...current.marks, fact.mark] };
    case "CaseUnmarked":
      return { marks: current.marks.filter((mark) => mark !== fact.mark) };
    case "ParticipantAdded": {
      const { personId, part, seesCase } = fact;
      const others = current.participants.filter((one) => one.personId !== personId);
      return { participants: [...others, { personId, part, seesCase }] };
    }
    case "ParticipantRemoved":
      return { participants: current.participants.filter(({ personId }) => personId !== fact.personId) };
  }
}

function changedList(before: readonly string[], { added, removed }: { added: string[]; removed: string[] }): string[] {
  return [...before.filter((one) => !removed.includes(one)), ...added];
}

import type { Case } from "./case.ts";
import type { FactOf } from "./facts.ts";

type Combined = FactOf<"CaseMerged" | "CaseMergedAway" | "CaseUnmerged" | "CaseRestored" | "MessageSplitOff">;

/** What a fact changes that two cases have in common: a merge, its undoing, a split. */
export function combined(current: Case, fact: Combined): Partial<Case> {
  switch (fact.type) {
    case "CaseMerged":
      return {
        links: [...current.links, { kind: "merged-from", target: fact.fromCaseId }],
        participants: [...current.participants, ...fact.participants],
        messageCount: current.messageCount + fact.messageIds.length,
      };
    case "CaseUnmerged":
      return {
        links: withoutLink(current, "merged-from", fact.fromCaseId),
        participants: current.participants.filter(({ personId }) => !fact.participantIds.includes(personId)),
        messageCount: current.messageCount - fact.messageIds.length,
      };
    case "CaseMergedAway":
      return {
        status: "closed",
        mergedInto: {
          caseId: fact.intoCaseId,
          statusBefore: fact.statusBefore,
          ...(current.ownStatus !== undefined && { ownStatusBefore: current.ownStatus }),
        },
        links: [...current.links, { kind: "merged-into", target: fact.intoCaseId }],
      };
    case "CaseRestored":
      return {
        status: fact.status,
        ownStatus: current.mergedInto?.ownStatusBefore,
        mergedInto: undefined,
        links: withoutLink(current, "merged-into", fact.fromCaseId),
      };
    case "MessageSplitOff":
      return {
        messageCount: current.messageCount - 1,
        links: [...current.links, { kind: "split-into", target: fact.intoCaseId }],
      };
  }
}

/** The links of a case without one of them. */
export function withoutLink({ links }: Case, kind: Case["links"][number]["kind"], target: string): Case["links"] {
  return links.filter((link) => link.kind !== kind || link.target !== target);
}

import type { Case } from "@ithaca/domain";
import type { Cast, Customer } from "../workload/cast.ts";
import { accountsIn, NOTE_MARKER } from "../workload/markers.ts";
import type { ApiAnswer, ApiRequest } from "../world/world.ts";

interface AnswerWorld {
  readonly cast: Cast;
  readonly caseOf: (number: string) => Case | undefined;
  readonly violated: (law: string, what: string) => void;
}

/** Law 6: nobody reads another account's words, and customers never see what agents say among themselves. */
export function openAnswerLaw({ cast, caseOf, violated }: AnswerWorld) {
  /** Whether somebody takes part in a case in such a way that they see it: they, their account, or who was let in. */
  function sees({ personId, accountId }: Customer, number: string | undefined): boolean {
    const current = number === undefined ? undefined : caseOf(number);
    if (current === undefined) return false;
    if (current.requesterId === personId || (accountId !== undefined && accountId === current.accountId)) return true;
    return current.participants.some((one) => one.personId === personId && one.seesCase);
  }

  return {
    onAnswer({ route, claims, params }: ApiRequest, { status, text }: ApiAnswer): void {
      const subject = (claims as { sub?: string } | undefined)?.sub;
      const customer = cast.customers.find((one) => one.subject === subject);
      const isAgent = cast.agents.some((one) => one.subject === subject);
      if (isAgent || text === "") return;
      if (text.includes(NOTE_MARKER)) violated("privacy", `${route} told ${subject} what agents say among themselves`);
      const isLetIn = customer !== undefined && route === "read-case" && sees(customer, params?.number);
      if (customer !== undefined && route === "read-case" && status === 200 && !isLetIn) {
        violated("authorization", `${subject} read ${params?.number}, which they only get mail of, or not even that`);
      }
      const foreign = accountsIn(text).filter((account) => account !== customer?.accountId);
      if (foreign.length > 0 && !isLetIn) {
        violated("privacy", `${route} told ${subject} words of ${foreign.join(", ")}`);
      }
    },
  };
}

import type { Cast } from "../workload/cast.ts";
import { accountsIn, NOTE_MARKER } from "../workload/markers.ts";
import type { ApiAnswer, ApiRequest } from "../world/world.ts";

interface AnswerWorld {
  readonly cast: Cast;
  readonly violated: (law: string, what: string) => void;
}

/** Law 6: nobody reads another account's words, and customers never see what agents say among themselves. */
export function openAnswerLaw({ cast, violated }: AnswerWorld) {
  return {
    onAnswer({ route, claims }: ApiRequest, { text }: ApiAnswer): void {
      const subject = (claims as { sub?: string } | undefined)?.sub;
      const customer = cast.customers.find((one) => one.subject === subject);
      const isAgent = cast.agents.some((one) => one.subject === subject);
      if (isAgent || text === "") return;
      if (text.includes(NOTE_MARKER)) violated("privacy", `${route} told ${subject} what agents say among themselves`);
      const foreign = accountsIn(text).filter((account) => account !== customer?.accountId);
      if (foreign.length > 0) violated("privacy", `${route} told ${subject} words of ${foreign.join(", ")}`);
    },
  };
}

import { type Case, type Cycle, type Rulebook, shownDue } from "@ithaca/domain";
import type { Cast, Customer } from "../workload/cast.ts";
import { accountsIn, NOTE_MARKER, OWN_STATUS_MARKER } from "../workload/markers.ts";
import type { ApiAnswer, ApiRequest } from "../world/world.ts";

interface AnswerWorld {
  readonly cast: Cast;
  readonly caseOf: (number: string) => Case | undefined;
  readonly rulebooks: () => readonly Rulebook[];
  readonly violated: (law: string, what: string) => void;
}

/** What a picture of a case says of how it stands. */
const STANDING = ["status", "ownStatus", "priority", "team", "assigneeId", "tier"] as const;

type Picture = Pick<Case, "number" | "version" | (typeof STANDING)[number]> & {
  readonly clocks: readonly { readonly metric: Cycle["metric"]; readonly cycle: number; readonly dueAt: string }[];
};

/** Law 6: nobody reads another account's words, and customers never see what agents say among themselves. */
export function openAnswerLaw({ cast, caseOf, rulebooks, violated }: AnswerWorld) {
  /** Whether somebody takes part in a case in such a way that they see it: they, their account, or who was let in. */
  function sees({ personId, accountId }: Customer, number: string | undefined): boolean {
    const current = number === undefined ? undefined : caseOf(number);
    if (current === undefined) return false;
    if (current.requesterId === personId || (accountId !== undefined && accountId === current.accountId)) return true;
    return current.participants.some((one) => one.personId === personId && one.seesCase);
  }

  /** An agent who reads a case is shown how it stands, as long as nobody has changed it since. */
  function shown(text: string): void {
    const picture = JSON.parse(text) as Picture;
    const current = caseOf(picture.number);
    if (current?.version !== picture.version) return;
    const wrong = STANDING.filter((name) => picture[name] !== current[name]);
    if (wrong.length > 0)
      violated("answers", `${current.id} version ${current.version} was shown with another ${wrong}`);
    for (const cycle of current.clocks) if (cycle.outcome === "cancelled") shownAsCancelled(current, cycle, picture);
  }

  /** A clock that was cancelled is shown with the due that it had by then, by any of the rules that somebody may go by. */
  function shownAsCancelled(current: Case, cycle: Cycle, { clocks }: Picture): void {
    const { metric, number, endedAt = current.changedAt } = cycle;
    const dueAt = clocks.find((one) => one.metric === metric && one.cycle === number)?.dueAt;
    const dues = rulebooks().map((rulebook) => shownDue(rulebook, current, cycle, endedAt));
    if (dues.some((due) => due === Date.parse(dueAt ?? ""))) return;
    violated("answers", `${current.id} ${metric} ${number} was cancelled and shown due ${dueAt}, not ${dues}`);
  }

  /** Whoever is no agent is told nothing that is for agents, and no words of others. */
  function toOthers(subject: string | undefined, { route, params }: ApiRequest, { status, text }: ApiAnswer): void {
    const customer = cast.customers.find((one) => one.subject === subject);
    if (text.includes(NOTE_MARKER)) violated("privacy", `${route} told ${subject} what agents say among themselves`);
    if (text.includes(OWN_STATUS_MARKER)) violated("privacy", `${route} told ${subject} a status of the desk's own`);
    const isLetIn = customer !== undefined && route === "read-case" && sees(customer, params?.number);
    if (customer !== undefined && route === "read-case" && status === 200 && !isLetIn) {
      violated("authorization", `${subject} read ${params?.number}, which they only get mail of, or not even that`);
    }
    const foreign = accountsIn(text).filter((account) => account !== customer?.accountId);
    if (foreign.length > 0 && !isLetIn) {
      violated("privacy", `${route} told ${subject} words of ${foreign.join(", ")}`);
    }
  }

  return {
    onAnswer(request: ApiRequest, answer: ApiAnswer): void {
      const subject = (request.claims as { sub?: string } | undefined)?.sub;
      const isAgent = [...cast.agents, cast.manager].some((one) => one.subject === subject);
      if (!isAgent) toOthers(subject, request, answer);
      else if (request.route === "read-case" && answer.status === 200) shown(answer.text);
    },
  };
}

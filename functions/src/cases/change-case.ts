import { type AnswerOf, CHANGES_NAMED_MAX, FIELD_ERRORS_MAX } from "@ithaca/contracts";
import { type Case, caseIdOf, type Instant, project, refuse } from "@ithaca/domain";
import type { Changed, Decide } from "@ithaca/store";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, type No, no } from "../runtime/request.ts";
import type { Words } from "./agent-message.ts";
import { summaryOf } from "./case-summary.ts";
import { assigneeNames } from "./names.ts";

/** What all routes that change a case have in common: what they ask for and how they answer. */
export type AskedChange = Pick<Asked<"write-reply">, "params" | "ifVersion" | "idempotency" | "may">;
type ChangeAnswer = Answer<"write-reply">;

export type ChangePorts = Pick<Ports, "cases" | "rulebooks" | "clock" | "newId" | "note" | "directory">;

/** What a change is made of: the decision, and the words that its facts name. Only a message is answered by its id. */
interface CaseChange {
  readonly decide: Decide;
  readonly message?: Words | undefined;
  readonly reason?: Words | undefined;
}

function wordsOf({ message, reason }: CaseChange) {
  const words = [message, reason].filter((one) => one !== undefined);
  return (current: Case, now: Instant) => words.map(({ of }) => of(current, now));
}

/**
 * Changes a case for somebody: 404 when it is not there or not theirs, then the decision on the version that they saw,
 * once for each Idempotency-Key.
 */
export async function changeCase(
  asked: AskedChange,
  ports: ChangePorts,
  status: 200 | 201,
  change: CaseChange,
): Promise<ChangeAnswer> {
  const { params, ifVersion, idempotency, may } = asked;
  const { cases, note } = ports;
  const caseId = caseIdOf(params.number);
  const changed = await cases.change(caseId, unlessMerged(change.decide), {
    may: (current) => may({ kind: "case", case: current }),
    ...(ifVersion !== undefined && { ifVersion }),
    messages: wordsOf(change),
    ...(idempotency !== undefined && { idempotency }),
  });
  note({ caseId, outcome: changed.outcome });
  if (changed.outcome !== "changed") return refused(changed, ifVersion, ports);

  const messageId = change.message && (changed.replayed ?? { messageId: change.message.id }).messageId;
  return {
    status,
    version: changed.case.version,
    replayed: changed.replayed !== undefined,
    body: { case: await changedSummary(changed.case, ports), ...(messageId !== undefined && { messageId }) },
  };
}

/** What a change answers of the case, as it is now. */
export async function changedSummary(
  current: Case,
  ports: Pick<Ports, "rulebooks" | "directory" | "clock">,
): Promise<AnswerOf<"write-reply">["case"]> {
  const [rulebook, names] = await Promise.all([
    ports.rulebooks.inForce(ports.clock(), [current]),
    assigneeNames([current], ports),
  ]);
  return summaryOf(current, project(current, rulebook).dueAt, names);
}

/** A case that was merged goes on in another one: whoever changes it did not see that. */
function unlessMerged(decide: Decide): Decide {
  return (current, rulebook, now) =>
    current.mergedInto === undefined ? decide(current, rulebook, now) : refuse("merged-away");
}

/** What a change that did not happen is answered: of a stale one, what happened since the version that was seen. */
export async function refused(
  changed: Exclude<Changed, { outcome: "changed" }>,
  seenVersion: number | undefined,
  { cases }: ChangePorts,
): Promise<No> {
  switch (changed.outcome) {
    case "refused":
      return no(changed.refusal, changed.errors && { errors: changed.errors.slice(0, FIELD_ERRORS_MAX) });
    case "key-reused":
      return no("key-reused");
    case "not-there":
      return no("not-there");
    case "stale": {
      const since = await cases.facts(changed.case.id, seenVersion ?? changed.case.version, CHANGES_NAMED_MAX);
      const types = since.flatMap(({ facts }) => facts.map(({ type }) => type));
      return no("stale", { currentVersion: changed.case.version, changed: types.slice(0, CHANGES_NAMED_MAX) });
    }
  }
}

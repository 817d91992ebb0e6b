import {
  applyAppend,
  type Case,
  type Fact,
  type Instant,
  later,
  owedBy,
  type Projection,
  project,
  type Rulebook,
} from "@ithaca/domain";
import type { Append, CaseStore, ChangedBoth, ChangeOptions, DecideBoth, OtherCase } from "../ports/cases.ts";
import type { Rulebooks } from "../ports/rules.ts";
import { readToChange, requireInOrder } from "./read-to-change.ts";

interface ChangeOfTwo {
  caseId: string;
  other: OtherCase;
  decide: DecideBoth;
  options: ChangeOptions;
}

/** A case with what was stored of it; an opening has neither. */
interface Before {
  readonly caseId: string;
  readonly current: Case | undefined;
  readonly projection: Projection | undefined;
}

/** One try to change two cases in one transaction; "conflict": somebody else was faster with one of them. */
export async function tryToChangeBoth(
  store: CaseStore,
  ports: { rulebooks: Rulebooks; clock: () => Instant },
  { caseId, other, decide, options }: ChangeOfTwo,
): Promise<ChangedBoth | "conflict"> {
  const [found, second] = await Promise.all([readToChange(store, caseId, options), readOther(store, other, options)]);
  if ("outcome" in found) return found;
  if (second === undefined) return { outcome: "not-there" };

  const { case: current, projection } = found;
  const now = later(later(ports.clock(), current.changedAt), second.current?.changedAt ?? current.changedAt);
  const rulebook = await ports.rulebooks.inForce(now);
  const decision = decide({ first: current, second: second.current, secondId: second.caseId }, rulebook, now);
  if ("refused" in decision) return { outcome: "refused", refusal: decision.refused, case: current };

  const first = appendOf({ caseId, current, projection }, decision.first, rulebook, now);
  const appended = appendOf(second, decision.second, rulebook, now);
  const opened = second.current === undefined ? second.caseId : undefined;
  const claimed = { ...first, ...claimOf(first.next, opened, options) };
  const result = await store.append(claimed, appended);
  if (!result.appended) return "conflict";
  return { outcome: "changed", case: first.next, facts: decision.first, ...(opened !== undefined && { opened }) };
}

async function readOther(store: CaseStore, other: OtherCase, { may }: ChangeOptions): Promise<Before | undefined> {
  if ("opens" in other) return { caseId: other.opens(), current: undefined, projection: undefined };
  const found = await store.readWithProjection(other.caseId);
  if (found === undefined || may?.(found.case) === false) return undefined;
  return { caseId: other.caseId, current: found.case, projection: found.projection };
}

function appendOf(before: Before, facts: readonly Fact[], rulebook: Rulebook, now: Instant): Append {
  const { caseId, current, projection: projectionBefore } = before;
  if (current !== undefined) requireInOrder(current, facts);
  const next = applyAppend(current, facts, caseId);
  const projection = project(next, rulebook);
  return {
    caseId,
    expectedVersion: current?.version ?? 0,
    next,
    facts,
    projection,
    ...(projectionBefore !== undefined && { projectionBefore }),
    effects: owedBy({ facts, next, projection, wakeAtBefore: projectionBefore?.wakeAt }, now),
  };
}

function claimOf(
  { id, version }: Case,
  opened: string | undefined,
  { idempotency }: ChangeOptions,
): Pick<Append, "claims"> {
  if (idempotency === undefined) return {};
  const receipt = { caseId: id, version, ...(opened !== undefined && { openedCaseId: opened }) };
  return { claims: [{ kind: "idempotency-key", ...idempotency, receipt }] };
}

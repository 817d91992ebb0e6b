import { applyAppend, type Case, type Fact, type Instant, later, owedBy, project, type Rulebook } from "@ithaca/domain";
import type {
  Append,
  CaseStore,
  ChangedBoth,
  ChangeOptions,
  DecideBoth,
  OtherCase,
  StoredCase,
} from "../ports/cases.ts";
import type { Rulebooks } from "../ports/rules.ts";
import { readToChange, refusedAs, requireInOrder } from "./read-to-change.ts";

interface ChangeOfTwo {
  caseId: string;
  other: OtherCase;
  decide: DecideBoth;
  options: ChangeOptions;
}

/** A case with what was stored of it; of an opening it is nothing. */
interface Before {
  readonly caseId: string;
  readonly stored: StoredCase | undefined;
}

/** One try to change two cases in one transaction; "conflict": somebody else was faster with one of them. */
export async function tryToChangeBoth(
  store: CaseStore,
  ports: { rulebooks: Rulebooks; clock: () => Instant },
  { caseId, other: named, decide, options }: ChangeOfTwo,
): Promise<ChangedBoth | "conflict"> {
  const [found, second] = await Promise.all([readToChange(store, caseId, options), readOther(store, named, options)]);
  if ("outcome" in found) return found;
  if (second === undefined) return { outcome: "not-there" };

  const { case: current } = found;
  const other = second.stored?.case;
  const now = later(later(ports.clock(), current.changedAt), other?.changedAt ?? current.changedAt);
  const rulebook = await ports.rulebooks.inForce(now, other === undefined ? [current] : [current, other]);
  const decision = decide({ first: current, second: other, secondId: second.caseId }, rulebook, now);
  if ("refused" in decision) return refusedAs(decision, current);

  const first = appendOf({ caseId, stored: found }, decision.first, rulebook, now);
  const appended = appendOf(second, decision.second, rulebook, now);
  const opened = other === undefined ? second.caseId : undefined;
  const claimed = { ...first, ...claimOf(first.next, opened, options) };
  const result = await store.append(claimed, appended);
  if (!result.appended) return "conflict";
  return { outcome: "changed", case: first.next, facts: decision.first, ...(opened !== undefined && { opened }) };
}

async function readOther(store: CaseStore, other: OtherCase, { may }: ChangeOptions): Promise<Before | undefined> {
  if ("opens" in other) return { caseId: other.opens(), stored: undefined };
  const stored = await store.readWithProjection(other.caseId);
  if (stored === undefined || may?.(stored.case) === false) return undefined;
  return { caseId: other.caseId, stored };
}

function appendOf({ caseId, stored }: Before, facts: readonly Fact[], rulebook: Rulebook, now: Instant): Append {
  const current = stored?.case;
  if (current !== undefined) requireInOrder(current, facts);
  const next = applyAppend(current, facts, caseId);
  const projection = project(next, rulebook);
  return {
    caseId,
    expectedVersion: current?.version ?? 0,
    next,
    facts,
    projection,
    ...(stored !== undefined && { before: stored }),
    effects: owedBy({ facts, next, projection, wakeAtBefore: stored?.projection.wakeAt }, now),
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

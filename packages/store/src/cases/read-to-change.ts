import type { Case, Fact, Refused } from "@ithaca/domain";
import { isReceipt } from "../items/receipts.ts";
import type { CaseStore, Changed, ChangeOptions, IntakeFound, StoredCase } from "../ports/cases.ts";

/** The case as it is, for whoever may change it as they saw it; otherwise what they are answered. */
export async function readToChange(
  store: CaseStore,
  caseId: string,
  options: ChangeOptions,
): Promise<StoredCase | Changed> {
  const found = await read(store, caseId, options);
  const { case: current, projection, recounted } = found;
  if (current !== undefined && options.may?.(current) === false) return { outcome: "not-there" };
  const before = answerBefore(found, caseId, options);
  if (before !== undefined) return before;
  if (current === undefined || projection === undefined) return { outcome: "not-there" };
  if (options.ifVersion !== undefined && options.ifVersion !== current.version) {
    return { outcome: "stale", case: current };
  }
  return { case: current, projection, recounted };
}

/**
 * What a change is answered that found the case otherwise than its caller saw it, or could not be done. A batch read is
 * consistent in each item, not across them: a request whose first try was being written may have read its key as it was
 * before and the case as it is after. So the key is read once more, and a repeat is answered as the first try was.
 */
export async function unlessRepeated(
  store: CaseStore,
  caseId: string,
  options: ChangeOptions,
  answer: Changed,
): Promise<Changed> {
  const mayBeRepeat = options.idempotency !== undefined && (answer.outcome === "stale" || answer.outcome === "refused");
  if (!mayBeRepeat) return answer;
  return answerBefore(await read(store, caseId, options), caseId, options) ?? answer;
}

function read(store: CaseStore, caseId: string, { idempotency }: ChangeOptions): Promise<IntakeFound> {
  if (idempotency === undefined) return store.lookUp({ principalId: "", caseId });
  return store.lookUp({ principalId: idempotency.principalId, idempotencyKey: idempotency.key, caseId });
}

/** What the same key was answered before: again, or refused when it came with another request. */
function answerBefore(
  { keyed, case: current }: IntakeFound,
  caseId: string,
  { idempotency }: ChangeOptions,
): Changed | undefined {
  if (idempotency === undefined || keyed === undefined) return undefined;
  const { bodyHash, receipt } = keyed;
  const isRepeat = bodyHash === idempotency.bodyHash && receipt.caseId === caseId && !isReceipt(receipt);
  if (!isRepeat || current === undefined) return { outcome: "key-reused" };
  return { outcome: "changed", case: current, facts: [], replayed: receipt };
}

/** What a decision that refuses is answered. */
export function refusedAs({ refused, errors }: Refused, current: Case): Changed {
  return { outcome: "refused", refusal: refused, ...(errors !== undefined && { errors }), case: current };
}

/** Facts are ordered by version, and `at` is never before the last fact's (design.md, Data). */
export function requireInOrder(current: Case, facts: readonly Fact[]): void {
  let last = current.changedAt;
  for (const { type, at } of facts) {
    if (at < last) throw new Error(`${current.id}: ${type} is dated before the fact before it; use the decision's now`);
    last = at;
  }
}

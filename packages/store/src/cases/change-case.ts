import {
  applyAppend,
  type Case,
  type Fact,
  type Instant,
  isRefused,
  later,
  owedBy,
  type Projection,
  project,
} from "@ithaca/domain";
import { isReceipt } from "../items/receipts.ts";
import type { Append, CaseStore, Cases, Changed, ChangeOptions, Decide, IntakeFound } from "../ports/cases.ts";
import type { Rulebooks } from "../ports/rules.ts";

/** How often a change is decided while others change the same case, before it fails. */
export const CHANGE_TRIES = 10;

/** Two that met once do not meet again at the same instant. */
const PAUSE_MAX_MS = 50;

/** What a change needs besides the store. */
export interface ChangePorts {
  rulebooks: Rulebooks;
  clock: () => Instant;
  /** A number in [0, 1). */
  random: () => number;
  pause: (ms: number) => Promise<void>;
}

/** Too many others changed the case at the same time. Nothing was written; it can be tried again. */
export class TooManyConflicts extends Error {
  override readonly name = "TooManyConflicts";

  constructor(caseId: string) {
    super(`${caseId} was changed by others ${CHANGE_TRIES} times in a row`);
  }
}

/** Adds `change` to a store: decide, then append. */
export function withChange(store: CaseStore, ports: ChangePorts): Cases {
  return {
    ...store,
    change: async (caseId, decide, options = {}) => {
      for (let tried = 0; tried < CHANGE_TRIES; tried += 1) {
        if (tried > 0) await ports.pause(ports.random() * PAUSE_MAX_MS);
        const changed = await tryToChange(store, ports, { caseId, decide, options });
        if (changed !== "conflict") return changed;
      }
      throw new TooManyConflicts(caseId);
    },
  };
}

interface Change {
  caseId: string;
  decide: Decide;
  options: ChangeOptions;
}

async function tryToChange(
  store: CaseStore,
  ports: ChangePorts,
  { caseId, decide, options }: Change,
): Promise<Changed | "conflict"> {
  const found = await read(store, caseId, options);
  const { case: current, projection } = found;
  if (current !== undefined && options.may?.(current) === false) return { outcome: "not-there" };
  const before = answerBefore(found, caseId, options);
  if (before !== undefined) return before;
  if (current === undefined || projection === undefined) return { outcome: "not-there" };
  if (options.ifVersion !== undefined && options.ifVersion !== current.version) {
    return { outcome: "stale", case: current };
  }

  const now = later(ports.clock(), current.changedAt);
  const rulebook = await ports.rulebooks.inForce(now);
  const decision = decide(current, rulebook, now);
  if (isRefused(decision)) return { outcome: "refused", refusal: decision.refused, case: current };
  if (decision.length === 0) return { outcome: "changed", case: current, facts: [] };

  requireInOrder(current, decision);
  const next = applyAppend(current, decision, caseId);
  const append = appendOf(
    { current, next, facts: decision, projection: project(next, rulebook) },
    projection,
    options,
    now,
  );
  const result = await store.append(append);
  if (result.appended) return { outcome: "changed", case: next, facts: decision };
  // Somebody else's change, or this one's own, sent twice at the same time: reading again tells.
  if (result.conflict === "version" || result.claim.kind === "idempotency-key") return "conflict";
  throw new Error(`${caseId}: a change met the ${result.claim.kind} of another case`);
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

function appendOf(
  step: { current: Case; next: Case; facts: readonly Fact[]; projection: Projection },
  before: Projection,
  { messages: written = [], idempotency }: ChangeOptions,
  now: Instant,
): Append {
  const { current, next, facts, projection } = step;
  const messages = typeof written === "function" ? written(current, now) : written;
  const [message] = messages;
  const receipt = { caseId: next.id, version: next.version, ...(message !== undefined && { messageId: message.id }) };
  return {
    caseId: next.id,
    expectedVersion: current.version,
    next,
    facts,
    projection,
    projectionBefore: before,
    effects: owedBy({ facts, next, projection, wakeAtBefore: before.wakeAt }, now),
    messages,
    ...(idempotency !== undefined && { claims: [{ kind: "idempotency-key", ...idempotency, receipt }] }),
  };
}

/** Facts are ordered by version, and `at` is never before the last fact's (design.md, Data). */
function requireInOrder(current: Case, facts: readonly Fact[]): void {
  let last = current.changedAt;
  for (const { type, at } of facts) {
    if (at < last) throw new Error(`${current.id}: ${type} is dated before the fact before it; use the decision's now`);
    last = at;
  }
}

import {
  applyAppend,
  type Case,
  type Fact,
  type Instant,
  isOutgrown,
  isRefused,
  later,
  owedBy,
  type Projection,
  project,
} from "@ithaca/domain";
import type {
  Append,
  CaseStore,
  Cases,
  Changed,
  ChangedBoth,
  ChangeOptions,
  Decide,
  StoredCase,
} from "../ports/cases.ts";
import type { Rulebooks } from "../ports/rules.ts";
import { tryToChangeBoth } from "./change-both.ts";
import { readToChange, refusedAs, requireInOrder, unlessRepeated } from "./read-to-change.ts";

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

/** Adds `change` and `changeBoth` to a store: decide, then append. */
export function withChange(store: CaseStore, ports: ChangePorts): Cases {
  const untilNobodyMeets = async (
    caseId: string,
    options: ChangeOptions,
    attempt: () => Promise<ChangedBoth | "conflict">,
  ): Promise<ChangedBoth> => {
    for (let tried = 0; tried < CHANGE_TRIES; tried += 1) {
      if (tried > 0) await ports.pause(ports.random() * PAUSE_MAX_MS);
      const changed = await attempt();
      if (changed !== "conflict") return unlessRepeated(store, caseId, options, changed);
    }
    throw new TooManyConflicts(caseId);
  };
  return {
    ...store,
    change: (caseId, decide, options = {}) =>
      untilNobodyMeets(caseId, options, () => tryToChange(store, ports, { caseId, decide, options })),
    changeBoth: (caseId, other, decide, options = {}) =>
      untilNobodyMeets(caseId, options, () => tryToChangeBoth(store, ports, { caseId, other, decide, options })),
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
  const found = await readToChange(store, caseId, options);
  if ("outcome" in found) return found;
  const { case: current } = found;
  const now = later(ports.clock(), current.changedAt);
  const rulebook = await ports.rulebooks.inForce(now, [current]);
  const decision = decide(current, rulebook, now);
  if (isRefused(decision)) return refusedAs(decision, current);
  if (decision.length === 0) {
    return (await takeKeyOf(store, current, options)) ? { outcome: "changed", case: current, facts: [] } : "conflict";
  }

  requireInOrder(current, decision);
  const next = applyAppend(current, decision, caseId);
  // A promise is watched whatever a case has become: it is people who have to stop.
  if (isOutgrown(current, next) && decision.some(({ by }) => by.kind !== "system")) {
    return { outcome: "refused", refusal: "changed-too-often", case: current };
  }
  const append = appendOf({ next, facts: decision, projection: project(next, rulebook) }, found, options, now);
  const result = await store.append(append);
  if (result.appended) return { outcome: "changed", case: next, facts: decision };
  if (result.conflict === "too-much") return { outcome: "refused", refusal: "changed-too-often", case: current };
  // Somebody else's change, or this one's own, sent twice at the same time: reading again tells.
  if (result.conflict === "version" || result.claim.kind === "idempotency-key") return "conflict";
  throw new Error(`${caseId}: a change met the ${result.claim.kind} of another case`);
}

/** A change of nothing takes its key too: what comes under it later is a repeat, or another request that is refused. */
async function takeKeyOf(store: CaseStore, { id, version }: Case, { idempotency }: ChangeOptions): Promise<boolean> {
  if (idempotency === undefined) return true;
  return store.takeKey({ kind: "idempotency-key", ...idempotency, receipt: { caseId: id, version } });
}

function appendOf(
  step: { next: Case; facts: readonly Fact[]; projection: Projection },
  before: StoredCase,
  { messages: written = [], idempotency }: ChangeOptions,
  now: Instant,
): Append {
  const { next, facts, projection } = step;
  const messages = typeof written === "function" ? written(before.case, now) : written;
  const [message] = messages;
  const receipt = { caseId: next.id, version: next.version, ...(message !== undefined && { messageId: message.id }) };
  return {
    caseId: next.id,
    expectedVersion: before.case.version,
    next,
    facts,
    projection,
    before,
    effects: owedBy({ facts, next, projection, wakeAtBefore: before.projection.wakeAt }, now),
    messages,
    ...(idempotency !== undefined && { claims: [{ kind: "idempotency-key", ...idempotency, receipt }] }),
  };
}

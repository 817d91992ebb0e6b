import { applyAppend, CASE_SCHEMA, Case, type Effect, type Fact, type Message, type Projection } from "@ithaca/domain";
import { effectOf, factsOf, type Item, isKnownFactType } from "@ithaca/store";
import * as z from "zod/mini";
import { TOMORROWS_FIELD } from "../code/next-version.ts";
import type { Commit, Committed } from "../world/table.ts";
import { same } from "./same.ts";

/** A case as its facts tell it, beside what is stored of it. */
export interface CaseHistory {
  readonly caseId: string;
  /** The fold of its facts. */
  state: Case;
  projection: Projection;
  /** All that was told of it, each append by itself, without types of facts that only tomorrow's code knows. */
  readonly appends: (readonly Fact[])[];
  /** When it was last written, facts or only its projection, and by whom. */
  writtenAt: number;
  writtenBy: string;
  readonly openedAt: number;
  /** When it was last seen to become done, by the world's clock; undefined while it is not. */
  doneAt: number | undefined;
  activeMs: number;
  activeSince: number | undefined;
}

/** An append that became true: what was before it, and all that it wrote. */
export interface AppendSeen {
  readonly at: number;
  readonly by: string;
  /** The case with this append. */
  readonly history: CaseHistory;
  readonly before: Case | undefined;
  readonly wakeAtBefore: Projection["wakeAt"];
  readonly facts: readonly Fact[];
  readonly effects: readonly Effect[];
  readonly messages: readonly Message[];
}

/** Everything that the laws look at: the desk as its facts tell it. */
export interface Histories {
  readonly cases: ReadonlyMap<string, CaseHistory>;
  readonly effects: ReadonlyMap<string, Effect>;
  /** The cases that hold a message, by facts. */
  readonly holders: ReadonlyMap<string, readonly string[]>;
  /** The case that a message opened when it was last split off. */
  readonly splits: ReadonlyMap<string, string>;
  /** The messages that each case shows by its facts: its own, and those that a merge brought. */
  readonly shown: ReadonlyMap<string, ReadonlySet<string>>;
  /** How many facts there are of each type. */
  readonly told: ReadonlyMap<Fact["type"], number>;
}

interface Listeners {
  onAppend(append: AppendSeen): void;
  onEffect(before: Effect | undefined, after: Effect, at: number, by: string): void;
  violated(law: string, what: string): void;
}

type State = z.input<typeof Case>;

/** Reads each commit, folds it, and holds what is stored against the fold: law 3 of design.md, and the shape of a write. */
export function openHistories(listeners: Listeners) {
  const cases = new Map<string, CaseHistory>();
  const effects = new Map<string, Effect>();
  const holders = new Map<string, string[]>();
  const splits = new Map<string, string>();
  const shown = new Map<string, Set<string>>();
  const told = new Map<Fact["type"], number>();
  /** Cases and effects that tomorrow's code wrote. */
  const newer = new Set<string>();
  const { violated } = listeners;

  function onCommit(commit: Commit): void {
    const { writes, at, by } = commit;
    for (const write of writes) {
      kept(write);
      if (write.item?.noun === "effect") effectWritten(write.item, at, by);
    }
    for (const write of writes) if (write.item?.noun === "case") caseWritten(write, write.item, commit);
  }

  function kept({ item, key, inserted }: Committed): void {
    if (item === undefined && /^(CASE|MSG)#/.test(key.pk)) violated("facts", `${key.pk} ${key.sk} was removed`);
    if (item?.noun === "facts" && !inserted) violated("facts", `${key.pk} ${key.sk} was written over`);
  }

  /** Today's code keeps what tomorrow's wrote and it has no name for. */
  function keptNewer(id: string, isNewer: boolean) {
    if (isNewer) newer.add(id);
    else if (newer.has(id)) violated("newer", `${id} lost what newer code had written of it`);
  }

  function effectWritten(item: Item, at: number, by: string) {
    const after = effectOf(item);
    if (after === undefined) return;
    keptNewer(after.id, item[TOMORROWS_FIELD] !== undefined);
    const before = effects.get(after.id);
    effects.set(after.id, after);
    listeners.onEffect(before, after, at, by);
  }

  function caseWritten({ inserted }: Committed, item: Item, commit: Commit): void {
    // Tomorrow's code writes a newer schema; all else it writes as today's does.
    const stored = { ...z.decode(Case, item.state as State), schema: CASE_SCHEMA };
    keptNewer(stored.id, Number(item.schema) > CASE_SCHEMA && Object.hasOwn(item.state as object, TOMORROWS_FIELD));
    const history = cases.get(stored.id);
    if ((history === undefined) !== inserted) violated("numbers", `${stored.id} was opened twice`);
    else if (history !== undefined && item.version === history.state.version) rewritten(history, stored, item, commit);
    else appended(history, stored, item, commit);
  }

  function rewritten(history: CaseHistory, stored: Case, item: Item, { at, by }: Commit): void {
    if (!same(stored, history.state)) violated("fold", `${stored.id} changed without a fact`);
    history.projection = projectionOf(item);
    history.writtenAt = at;
    history.writtenBy = by;
  }

  function appended(history: CaseHistory | undefined, stored: Case, item: Item, { at, by, writes }: Commit): void {
    const caseId = stored.id;
    const expected = (history?.state.version ?? 0) + 1;
    const own = writes
      .flatMap((one) => (one.item?.noun === "facts" ? [factsOf(one.item)] : []))
      .find((one) => one.caseId === caseId);
    if (own === undefined || own.version !== expected || item.version !== expected) {
      violated("versions", `${caseId} went from ${expected - 1} to ${String(item.version)}`);
      return;
    }
    const before = history?.state;
    const state = folded(before, own.facts, caseId);
    if (state === undefined) return;
    if (!same(state, stored)) violated("fold", `${caseId} version ${expected}: ${difference(state, stored)}`);

    const projection = projectionOf(item);
    const known = history ?? fresh(caseId, state, projection, { at, by });
    const wakeAtBefore = history?.projection.wakeAt;
    cases.set(caseId, known);
    known.state = state;
    known.projection = projection;
    known.writtenAt = at;
    known.writtenBy = by;
    follow(known, at);
    // A type that only tomorrow's code knows is in the fold, and says nothing to the laws of today.
    const facts = own.facts.filter(({ type }) => isKnownFactType(type));
    for (const { type } of own.facts) told.set(type, (told.get(type) ?? 0) + 1);
    known.appends.push(facts);
    holds(caseId, facts);
    listeners.onAppend({
      at,
      by,
      history: known,
      before,
      wakeAtBefore,
      facts,
      effects: writes
        .flatMap((one) => (one.item?.noun === "effect" ? (effects.get(String(one.item.id)) ?? []) : []))
        .filter((effect) => effect.caseId === caseId),
      messages: writes
        .flatMap((one) => (one.item?.noun === "message" ? [writtenOf(one.item)] : []))
        .filter((message) => message.caseId === caseId),
    });
  }

  function folded(before: Case | undefined, facts: readonly Fact[], caseId: string): Case | undefined {
    try {
      return applyAppend(before, facts, caseId);
    } catch (error) {
      violated("fold", `${caseId}: ${String(error)}`);
      return undefined;
    }
  }

  function holds(caseId: string, facts: readonly Fact[]) {
    for (const fact of facts) {
      moved(caseId, fact);
      if (fact.type !== "MessageReceived") continue;
      const before = holders.get(fact.messageId) ?? [];
      const keeper = splits.get(fact.messageId) === caseId ? [] : before;
      holders.set(fact.messageId, [...keeper, caseId]);
      if (keeper.length > 0) violated("intake", `${fact.messageId} is on ${keeper.join(", ")} and on ${caseId}`);
    }
  }

  /** Messages come with a merge and go with its undoing; one that is split off opens a case, in the same commit. */
  function moved(caseId: string, fact: Fact) {
    const here = shown.get(caseId) ?? new Set<string>();
    shown.set(caseId, here);
    switch (fact.type) {
      case "MessageReceived":
        here.add(fact.messageId);
        break;
      case "CaseMerged":
        for (const id of fact.messageIds) here.add(id);
        break;
      case "CaseUnmerged":
        for (const id of fact.messageIds) here.delete(id);
        break;
      case "MessageSplitOff":
        if (!here.has(fact.messageId))
          violated("intake", `${fact.messageId} was split off ${caseId} without being there`);
        here.delete(fact.messageId);
        splits.set(fact.messageId, fact.intoCaseId);
    }
  }

  return { onCommit, cases, effects, holders, splits, shown, told } satisfies Histories & { onCommit: unknown };
}

function fresh(
  caseId: string,
  state: Case,
  projection: Projection,
  { at, by }: Pick<Commit, "at" | "by">,
): CaseHistory {
  const written = { writtenAt: at, writtenBy: by };
  return {
    caseId,
    state,
    projection,
    appends: [],
    ...written,
    openedAt: at,
    doneAt: undefined,
    activeMs: 0,
    activeSince: at,
  };
}

/** Counts how long a case is open. */
function follow(history: CaseHistory, at: number) {
  const isDone = history.state.status === "resolved" || history.state.status === "closed";
  if (isDone && history.activeSince !== undefined) {
    history.activeMs += at - history.activeSince;
    history.activeSince = undefined;
    history.doneAt = at;
  }
  if (!isDone && history.activeSince === undefined) {
    history.activeSince = at;
    history.doneAt = undefined;
  }
}

/** A message with its words, as far as they are in its item. */
function writtenOf({ message, text }: Item): Message {
  return { ...(message as Message), text: String(text ?? "") };
}

/** A stored projection in memory: what is named for an instant is one. */
function projectionOf(item: Item): Projection {
  const stored = Object.entries(item.projection as Record<string, unknown>).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    stored.map(([name, value]) => [name, name.endsWith("At") ? Date.parse(String(value)) : value]),
  ) as unknown as Projection;
}

function difference(expected: Case, stored: Case): string {
  const names = Object.keys({ ...expected, ...stored }) as (keyof Case)[];
  const differing = names.filter((name) => !same(expected[name], stored[name]));
  return differing
    .map((name) => `${name} ${JSON.stringify(stored[name])}, not ${JSON.stringify(expected[name])}`)
    .join("; ");
}

/** All that had been told of a case before an append. */
export function toldBefore({ history }: Pick<AppendSeen, "history">): Fact[] {
  return history.appends.slice(0, -1).flat();
}

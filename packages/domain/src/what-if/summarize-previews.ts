import { toIso } from "../time/instant.ts";
import { type CasePreview, type Compared, type CyclePreview, type Outcome, previewCase } from "./preview-case.ts";
import {
  ChangeKind,
  PREVIEW_ACCOUNTS_MAX,
  PREVIEW_EXAMPLES,
  type PreviewExample,
  type PreviewSummary,
  type Tally,
} from "./preview-summary.ts";
import type { RecordedCase } from "./replay-case.ts";

/** The summary of no case. */
export function emptySummary(): PreviewSummary {
  return {
    cases: 0,
    casesChanged: 0,
    leftOut: 0,
    unreckoned: 0,
    all: emptyTally(),
    byMetric: {},
    byPriority: {},
    byTeam: {},
    byMonth: {},
    byAccount: {},
    otherAccounts: emptyTally(),
    examples: [],
  };
}

/**
 * Previews a recorded case and adds it to a summary, which is changed. One that cannot be reckoned (a target that ends
 * beyond what a calendar knows) is counted and keeps no other from being summed up. Undefined for a case that was opened
 * after the instant that is looked at.
 */
export function addPreviewOf(
  summary: PreviewSummary,
  recorded: RecordedCase,
  compared: Compared,
): CasePreview | undefined {
  let preview: CasePreview | undefined;
  try {
    preview = previewCase(recorded, compared);
  } catch {
    summary.unreckoned += 1;
  }
  if (preview !== undefined) addCase(summary, preview);
  return preview;
}

/** Adds a case to a summary, which is changed: a hundred thousand cases are added without a copy for each. */
export function addCase(summary: PreviewSummary, preview: CasePreview): void {
  summary.cases += 1;
  summary.leftOut += preview.leftOut;
  const month = toIso(preview.openedAt).slice(0, MONTH_LENGTH);
  const changes = preview.cycles.some(({ changed }) => changed);
  if (changes) summary.casesChanged += 1;

  for (const cycle of preview.cycles) {
    const tally = tallyOf(cycle);
    const { team, priority } = cycle.before ?? cycle.after ?? {};
    addTo(summary.all, tally);
    addIn(summary.byMetric, cycle.metric, tally);
    addIn(summary.byMonth, month, tally);
    if (team !== undefined) addIn(summary.byTeam, team, tally);
    if (priority !== undefined) addIn(summary.byPriority, priority, tally);
    if (changes) addIn(summary.byAccount, preview.accountId ?? NO_ACCOUNT, tally);
    const kind = kindOf(cycle);
    if (kind !== undefined) addExample(summary, exampleOf(kind, preview.caseId, cycle));
  }
  keepFirstAccounts(summary);
}

/** Two summaries as one; in whatever order and groups they are merged, the same comes out. */
export function mergeSummaries(a: PreviewSummary, b: PreviewSummary): PreviewSummary {
  const merged = structuredClone(a);
  merged.cases += b.cases;
  merged.casesChanged += b.casesChanged;
  merged.leftOut += b.leftOut;
  merged.unreckoned += b.unreckoned;
  addTo(merged.all, b.all);
  addTo(merged.otherAccounts, b.otherAccounts);
  for (const group of GROUPS) {
    for (const [name, tally] of Object.entries(b[group])) addIn(merged[group], name, tally);
  }
  for (const example of b.examples) addExample(merged, example);
  keepFirstAccounts(merged);
  return merged;
}

/** The ten examples that are shown: one of each kind in turn, as long as there are some. */
export function shownExamples({ examples }: PreviewSummary): PreviewExample[] {
  const rounds = new Map<ChangeKind, number>();
  const ranked = examples.map((example) => {
    const round = rounds.get(example.kind) ?? 0;
    rounds.set(example.kind, round + 1);
    return { example, round };
  });
  return ranked
    .toSorted((a, b) => a.round - b.round)
    .slice(0, PREVIEW_EXAMPLES)
    .map(({ example }) => example);
}

/** The name under which those are counted who have no account. */
export const NO_ACCOUNT = "-";
const MONTH_LENGTH = "2026-11".length;
const GROUPS = ["byMetric", "byPriority", "byTeam", "byMonth", "byAccount"] as const;
const KINDS: readonly ChangeKind[] = ChangeKind.options;

function emptyTally(): Tally {
  return {
    cycles: 0,
    dueEarlier: 0,
    dueLater: 0,
    breachesGained: 0,
    breachesLost: 0,
    promisesGained: 0,
    promisesLost: 0,
  };
}

function tallyOf({ before, after }: CyclePreview): Tally {
  const shiftMs = shiftOf({ before, after });
  const [broken, breaks] = [isBroken(before?.outcome), isBroken(after?.outcome)];
  return {
    cycles: 1,
    dueEarlier: Number(shiftMs < 0),
    dueLater: Number(shiftMs > 0),
    breachesGained: Number(breaks && !broken),
    breachesLost: Number(broken && !breaks),
    promisesGained: Number(before === undefined),
    promisesLost: Number(after === undefined),
  };
}

function kindOf(cycle: CyclePreview): ChangeKind | undefined {
  if (!cycle.changed) return undefined;
  const { breachesGained, breachesLost, dueEarlier, dueLater, promisesGained, promisesLost } = tallyOf(cycle);
  const flags = [breachesGained, breachesLost, dueEarlier, dueLater, promisesGained, promisesLost];
  return KINDS[flags.indexOf(1)] ?? "outcome";
}

/** An excused breach is one all the same: the promise was broken. */
function isBroken(outcome: Outcome | undefined): boolean {
  return outcome === "breached" || outcome === "waived";
}

/** How much later a cycle is due by the proposal, in milliseconds; 0 where only one side has a due. */
function shiftOf({ before, after }: Pick<CyclePreview, "before" | "after">): number {
  return before === undefined || after === undefined ? 0 : after.dueAt - before.dueAt;
}

function addTo(into: Tally, added: Tally): void {
  into.cycles += added.cycles;
  into.dueEarlier += added.dueEarlier;
  into.dueLater += added.dueLater;
  into.breachesGained += added.breachesGained;
  into.breachesLost += added.breachesLost;
  into.promisesGained += added.promisesGained;
  into.promisesLost += added.promisesLost;
}

function addIn(group: Record<string, Tally>, name: string, added: Tally): void {
  const tally = Object.hasOwn(group, name) ? group[name] : undefined;
  if (tally === undefined) group[name] = { ...added };
  else addTo(tally, added);
}

/** Of more accounts than fit, the first by id are told apart, so that the order in which they came does not matter. */
function keepFirstAccounts(summary: PreviewSummary): void {
  const accounts = Object.keys(summary.byAccount);
  if (accounts.length <= PREVIEW_ACCOUNTS_MAX) return;
  for (const account of accounts.toSorted().slice(PREVIEW_ACCOUNTS_MAX)) {
    const tally = summary.byAccount[account];
    if (tally !== undefined) addTo(summary.otherAccounts, tally);
    delete summary.byAccount[account];
  }
}

function exampleOf(kind: ChangeKind, caseId: string, { key, before, after }: CyclePreview): PreviewExample {
  return {
    kind,
    caseId,
    key,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}

/** Examples stand by kind, then the furthest moved due first, then by case and cycle: an order that no two share. */
function addExample(summary: PreviewSummary, added: PreviewExample): void {
  const { examples } = summary;
  const ofKind = examples.filter(({ kind }) => kind === added.kind);
  const last = ofKind.at(-1);
  if (ofKind.length >= PREVIEW_EXAMPLES && last !== undefined && byWeight(added, last) > 0) return;
  const place = examples.findIndex((example) => byWeight(added, example) < 0);
  examples.splice(place === -1 ? examples.length : place, 0, added);
  if (ofKind.length >= PREVIEW_EXAMPLES && last !== undefined) examples.splice(examples.indexOf(last), 1);
}

function byWeight(a: PreviewExample, b: PreviewExample): number {
  const kind = KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
  if (kind !== 0) return kind;
  const shift = Math.abs(exampleShift(b)) - Math.abs(exampleShift(a));
  if (shift !== 0) return shift;
  return `${a.caseId} ${a.key}` < `${b.caseId} ${b.key}` ? -1 : 1;
}

function exampleShift({ before, after }: PreviewExample): number {
  return shiftOf({ before, after });
}

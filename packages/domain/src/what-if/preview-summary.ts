import * as z from "zod/mini";
import { Count } from "../count/count.ts";
import { CycleUnder } from "./preview-case.ts";

/** The accounts that are told apart; those that sort behind them are told together. */
export const PREVIEW_ACCOUNTS_MAX = 500;
/** The examples that are shown, and of each kind remembered. */
export const PREVIEW_EXAMPLES = 10;

/** What changes for a group of cycles. */
export const Tally = z.object({
  cycles: Count,
  dueEarlier: Count,
  dueLater: Count,
  breachesGained: Count,
  breachesLost: Count,
  /** Cycles that only the proposal promises something for, and those that it promises nothing for any more. */
  promisesGained: Count,
  promisesLost: Count,
});
export type Tally = z.infer<typeof Tally>;

const CHANGE_KINDS = [
  "breach-gained",
  "breach-lost",
  "due-earlier",
  "due-later",
  "promise-gained",
  "promise-lost",
  "outcome",
] as const;

/** How a cycle changes; it is told as the first of these that is true of it. */
export const ChangeKind = z.enum(CHANGE_KINDS);
export type ChangeKind = z.infer<typeof ChangeKind>;

/** A cycle that changes, by which the effect is shown. */
export const PreviewExample = z.object({
  kind: ChangeKind,
  caseId: z.string(),
  key: z.string(),
  before: z.optional(CycleUnder),
  after: z.optional(CycleUnder),
});
export type PreviewExample = z.infer<typeof PreviewExample>;

/** What a proposal would have changed, over any number of cases: bounded, and the same in whatever order they came. */
export const PreviewSummary = z.object({
  cases: Count,
  casesChanged: Count,
  /** How much that people did names a team or a priority that the proposal does not have. */
  leftOut: Count,
  /** Cases that could not be reckoned by one of the two, and are in none of the sums. */
  unreckoned: Count,
  all: Tally,
  byMetric: z.record(z.string(), Tally),
  byPriority: z.record(z.string(), Tally),
  byTeam: z.record(z.string(), Tally),
  /** By the month in which the case was opened (UTC), as "2026-11". */
  byMonth: z.record(z.string(), Tally),
  /** Only accounts for which something changes, the first by id; the others are in `otherAccounts`. */
  byAccount: z.record(z.string(), Tally),
  otherAccounts: Tally,
  examples: z.array(PreviewExample).check(z.maxLength(PREVIEW_EXAMPLES * CHANGE_KINDS.length)),
});
export type PreviewSummary = z.infer<typeof PreviewSummary>;

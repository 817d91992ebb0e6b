import {
  type Calendar,
  type Instant,
  MINUTE_MS,
  type Policy,
  type PreviewRange,
  type PreviewResult,
  type PreviewSummary,
} from "@ithaca/domain";

/** How long a preview and its result can be read, in days. */
export const PREVIEW_KEPT_DAYS = 7;

/** How long a preview may stand still before its pages are asked for again, in milliseconds. */
export const PREVIEW_STALLED_MS = 2 * MINUTE_MS;

/** A preview that somebody asked for: what is proposed, and over which cases. */
export interface PreviewJob extends PreviewRange {
  id: string;
  requestedBy: string;
  /** A hash of what was asked for, by which a repeat is told from a misuse of its key. */
  bodyHash: string;
  policy?: Policy | undefined;
  calendars: readonly Calendar[];
}

/** How far the cases of one month have been gone through. */
export interface PreviewMonth {
  /** Such as "2026-11" (UTC). */
  month: string;
  /** How many pages are summed up. */
  pages: number;
  /** Where the next one begins; absent before the first. */
  cursor?: string | undefined;
  done: boolean;
  summary: PreviewSummary;
}

/** A preview as it stands; `result` once every month is done. */
export interface PreviewStanding {
  job: PreviewJob;
  months: PreviewMonth[];
  result?: PreviewResult;
}

/** Previews of other rules: kept for a week, and no part of what a desk holds. */
export interface Previews {
  /** `same`: it was asked for before; `other`: the id is that of another question. */
  start(job: PreviewJob): Promise<"started" | "same" | "other">;
  read(id: string): Promise<PreviewStanding | undefined>;
  job(id: string): Promise<PreviewJob | undefined>;
  month(id: string, month: string): Promise<PreviewMonth | undefined>;
  /** Saves one more page of a month; false when somebody else summed up that page before. */
  savePage(job: PreviewJob, month: PreviewMonth): Promise<boolean>;
  /**
   * Whether the pages of a preview are to be asked for again: true for one of all who ask within PREVIEW_STALLED_MS, and
   * for nobody so soon after it was begun.
   */
  nudge(id: string, now: Instant): Promise<boolean>;
  /** Written twice, it is the same. */
  finish(job: PreviewJob, result: PreviewResult): Promise<void>;
}

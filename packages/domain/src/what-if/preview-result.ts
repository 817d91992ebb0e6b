import * as z from "zod/mini";
import { DAY_MS, Instant, instantOf, plus, toIso } from "../time/instant.ts";
import { explainExample } from "./explain-example.ts";
import type { Compared } from "./preview-case.ts";
import { PREVIEW_EXAMPLES, PreviewExample, PreviewSummary } from "./preview-summary.ts";
import type { RecordedCase } from "./replay-case.ts";
import { shownExamples } from "./summarize-previews.ts";

/** The longest range that is looked back over, in days. */
export const PREVIEW_DAYS_MAX = 366;
/** An explanation of a clock is told in so many lines at most. */
const EXPLANATION_LINES_MAX = 400;
const LINE_MAX_LENGTH = 2_000;

const Lines = z.array(z.string().check(z.maxLength(LINE_MAX_LENGTH))).check(z.maxLength(EXPLANATION_LINES_MAX));

/** An example with how each side came to its due, a line each. */
export const WorkedExample = z.extend(PreviewExample, { explanation: z.object({ before: Lines, after: Lines }) });
export type WorkedExample = z.infer<typeof WorkedExample>;

/** What was looked at: the cases that were opened in [from, until), as they stood at `asOf`. */
export const PreviewRange = z.object({ from: Instant, until: Instant, asOf: Instant });
export type PreviewRange = z.infer<typeof PreviewRange>;

/** What a proposal would have changed, with ten worked examples. */
export const PreviewResult = z.object({
  ...PreviewRange.shape,
  summary: PreviewSummary,
  examples: z.array(WorkedExample).check(z.maxLength(PREVIEW_EXAMPLES)),
});
export type PreviewResult = z.infer<typeof PreviewResult>;

/** The cases that were opened in so many days before an instant, and at it. */
export function rangeBefore(asOf: Instant, days: number): PreviewRange {
  return { from: plus(asOf, -days * DAY_MS), until: plus(asOf, 1), asOf };
}

/** The months (UTC) that [from, until) lies in, such as "2026-11", in order. */
export function monthsBetween(from: Instant, until: Instant): string[] {
  const months: string[] = [];
  let [year = 0, month = 0] = toIso(from).split("-").map(Number);
  for (;;) {
    const name = `${year}-${String(month).padStart(MONTH_DIGITS, "0")}`;
    if (instantOf(`${name}-01T00:00:00Z`) >= until) return months;
    months.push(name);
    [year, month] = month === DECEMBER ? [year + 1, 1] : [year, month + 1];
  }
}

const MONTH_DIGITS = 2;
const DECEMBER = 12;

/** The examples of a summary, explained; `recordedOf` finds a case again, or does not. */
export async function workedExamples(
  summary: PreviewSummary,
  compared: Compared,
  recordedOf: (caseId: string) => Promise<RecordedCase | undefined>,
): Promise<WorkedExample[]> {
  const found = shownExamples(summary).map(async (example) => {
    const recorded = await recordedOf(example.caseId);
    const explanation =
      recorded === undefined ? { before: [], after: [] } : explainExample(recorded, example.key, compared);
    return { ...example, explanation: { before: first(explanation.before), after: first(explanation.after) } };
  });
  return Promise.all(found);
}

function first(lines: readonly string[]): string[] {
  return lines.slice(0, EXPLANATION_LINES_MAX);
}

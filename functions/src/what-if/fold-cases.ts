import {
  addPreviewOf,
  type Compared,
  compareRules,
  emptySummary,
  mergeSummaries,
  monthsBetween,
  type RecordedCase,
  workedExamples,
} from "@ithaca/domain";
import type { PreviewJob, PreviewMonth } from "@ithaca/store";
import { connect } from "../runtime/connect.ts";
import { onMessage } from "../runtime/on-message.ts";
import type { Ports } from "../runtime/ports.ts";
import type { PreviewPage } from "../runtime/queues.ts";
import { toPreviews } from "../runtime/to-previews.ts";
import { toTable } from "../runtime/to-table.ts";
import { manifest } from "./fold-cases.manifest.ts";
import { readRecorded } from "./read-recorded.ts";

type FoldPorts = Pick<Ports, "previews" | "previewPages" | "cases" | "messages" | "rulebooks" | "count">;

/** So many cases are gone through for a message, and so many of them are read at once. */
export const CASES_A_PAGE = 250;
const READ_AT_ONCE = 25;

/**
 * Goes through the next page of the cases of a month and sums up what the proposal would have changed, then asks for the
 * page after it. Which page is the next one is what is stored and not what the message says, and it is saved on the
 * condition that nobody saved it before: a message that comes twice sums up nothing twice, and one that was cut off
 * goes on. The last page of the last month works out the result.
 */
export async function foldCases({ previewId, month }: PreviewPage, ports: FoldPorts): Promise<void> {
  const { previews, previewPages, count } = ports;
  const [job, before] = await Promise.all([previews.job(previewId), previews.month(previewId, month)]);
  // Whatever has expired nobody waits for.
  if (job === undefined) return;
  if (before?.done === true) return finishIfLast(job, ports);

  const after = await foldPage(job, before ?? { month, pages: 0, done: false, summary: emptySummary() }, ports);
  // Whoever saved this page goes on from there.
  if (!(await previews.savePage(job, after))) return;
  count("preview-cases-folded", after.summary.cases - (before?.summary.cases ?? 0));
  if (after.done) return finishIfLast(job, ports);
  await previewPages.send({ previewId, month });
}

async function foldPage(job: PreviewJob, before: PreviewMonth, ports: FoldPorts): Promise<PreviewMonth> {
  const { month, pages, cursor } = before;
  const [page, compared] = await Promise.all([
    ports.cases.openedIn(month, job, CASES_A_PAGE, cursor),
    comparedOf(job, ports),
  ]);
  const summary = structuredClone(before.summary);
  for (let at = 0; at < page.items.length; at += READ_AT_ONCE) {
    const some = page.items.slice(at, at + READ_AT_ONCE);
    for (const recorded of await Promise.all(some.map((caseId) => readRecorded(caseId, compared, ports)))) {
      if (recorded !== undefined) addPreviewOf(summary, recorded, compared);
    }
  }
  return {
    month,
    pages: pages + 1,
    done: page.cursor === undefined,
    summary,
    ...(page.cursor !== undefined && { cursor: page.cursor }),
  };
}

/** Both sets of rules as they were when the preview was asked for, however long it takes. */
async function comparedOf(job: PreviewJob, { rulebooks }: FoldPorts): Promise<Compared> {
  return compareRules(await rulebooks.inForce(job.asOf), job, job.asOf);
}

async function finishIfLast(job: PreviewJob, ports: FoldPorts): Promise<void> {
  const standing = await ports.previews.read(job.id);
  const months = (standing?.months ?? []).filter(({ done }) => done);
  if (standing?.result !== undefined || months.length < monthsBetween(job.from, job.until).length) return;

  const { from, until, asOf } = job;
  const summary = months.map((one) => one.summary).reduce(mergeSummaries, emptySummary());
  const compared = await comparedOf(job, ports);
  const recordedOf = (caseId: string): Promise<RecordedCase | undefined> => readRecorded(caseId, compared, ports);
  const examples = await workedExamples(summary, compared, recordedOf);
  await ports.previews.finish(job, { from, until, asOf, summary, examples });
}

export const handler = onMessage(manifest, foldCases, connect(toTable, toPreviews));

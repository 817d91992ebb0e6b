import {
  addPreviewOf,
  compareRules,
  emptySummary,
  PREVIEW_DAYS_MAX,
  type PreviewResult,
  type Proposal,
  type RecordedCase,
  type RulesInForce,
  rangeBefore,
  workedExamples,
} from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { openExport } from "@ithaca/store";
import type { World } from "../world.ts";

/** How often it is looked through what need not be remembered any more, in cases. */
const FORGET_EVERY = 1_000;

/**
 * Previews a proposal over the cases of an export, and asks no desk. One part of the export is in memory at a time, and
 * the cases that may be shown as examples. `propose` is given the rules that were in force, and refuses a bad proposal.
 */
export async function previewExport(
  world: World,
  { directory, days }: { directory: string; days: number },
  propose: (inForce: RulesInForce) => Proposal,
): Promise<PreviewResult> {
  const startedAt = world.now();
  const summary = emptySummary();
  const onPart = (done: number, of: number) =>
    world.err.write(`part ${done} of ${of}: ${summary.cases} cases, ${summary.casesChanged} change …\n`);
  const opened = await openExport(directory, { shipped: shippedRules, onPart });
  const inForce = await opened.rulebook();
  const compared = compareRules(inForce, propose(inForce), opened.manifest.exportedAt);
  const range = rangeBefore(opened.manifest.exportedAt, Math.min(days, PREVIEW_DAYS_MAX));
  const subjects = compared.classifyAnew ? await opened.telltaleSubjects() : new Map<string, string>();

  const shown = new Map<string, RecordedCase>();
  for await (const { caseId, appends, openingMessageId } of opened.cases(range.from, range.until)) {
    const recorded = { caseId, appends, subject: subjects.get(openingMessageId) };
    const preview = addPreviewOf(summary, recorded, compared);
    if (preview?.cycles.some(({ changed }) => changed) === true) shown.set(caseId, recorded);
    if (shown.size >= FORGET_EVERY) forget(shown, new Set(summary.examples.map((example) => example.caseId)));
  }
  world.err.write(`${summary.cases} cases in ${((world.now() - startedAt) / 1_000).toFixed(1)} s\n`);
  return { ...range, summary, examples: await workedExamples(summary, compared, async (id) => shown.get(id)) };
}

function forget(shown: Map<string, unknown>, kept: ReadonlySet<string>): void {
  for (const caseId of shown.keys()) if (!kept.has(caseId)) shown.delete(caseId);
}

import {
  addPreviewOf,
  compareRules,
  emptySummary,
  instant,
  MINUTE_MS,
  type PreviewResult,
  type PreviewSummary,
} from "@ithaca/domain";
import type { Item, PreviewJob, Store } from "@ithaca/store";
import type { AppendSeen, CaseHistory } from "./history.ts";
import { same } from "./same.ts";

interface PreviewLawWorld {
  readonly now: () => number;
  readonly violated: (law: string, what: string) => void;
}

/** A preview whose job was written, and how soon after that nothing old was written any more. */
interface Watched {
  readonly asOf: number;
  /** Somebody whose clock was behind, or who stood still, wrote what the preview may have seen or not. */
  isBlurred: boolean;
}

/** An index shows a case so long after it was opened, at most. */
const SHOWN_AFTER_MS = 3 * MINUTE_MS;
/** Somebody goes by rules so long after others came into force, and knows of them so much before by a clock that is ahead. */
const REMEMBERED_MS = 20 * MINUTE_MS;
const AHEAD_MS = 5_000;
/** So many previews of a world are worked out once more: each goes through all cases. */
const PREVIEWS_MAX = 2;

/** What a preview says that other rules would have done is what they would have, over all cases and over each once. */
export function openPreviewLaw({ now, violated }: PreviewLawWorld) {
  const watched = new Map<string, Watched>();
  const subjects = new Map<string, string | undefined>();
  let checked = 0;

  /** Blurred is what nobody can know from outside whether the preview saw it. */
  async function isClear(
    { asOf, from }: PreviewJob,
    cases: readonly CaseHistory[],
    { rules }: Store,
  ): Promise<boolean> {
    const timeline = await rules.timeline();
    const versions = [...timeline.policy, ...Object.values(timeline.calendars).flat()];
    const isMoving = versions.some(
      ({ from: inForceFrom }) => inForceFrom > asOf - REMEMBERED_MS && inForceFrom <= asOf + AHEAD_MS,
    );
    const isNear = (at: number, edge: number) => at > edge - SHOWN_AFTER_MS && at <= edge;
    return !isMoving && !cases.some(({ openedAt }) => isNear(openedAt, asOf) || isNear(openedAt, from));
  }

  async function judge(
    { job, result }: { job: PreviewJob; result: PreviewResult },
    cases: readonly CaseHistory[],
    store: Store,
  ) {
    if (!(await isClear(job, cases, store))) return;
    checked += 1;
    const compared = compareRules(await store.rulebooks.inForce(instant(job.asOf)), job, job.asOf);
    const summary: PreviewSummary = emptySummary();
    for (const { caseId, appends } of cases) {
      const openedAt = appends[0]?.[0]?.at;
      if (openedAt === undefined || openedAt < job.from || openedAt >= job.until) continue;
      const past = appends.filter(([first]) => first !== undefined && first.at <= job.asOf);
      const opening = past[0]?.find((fact) => fact.type === "CaseOpened");
      const subject = opening && subjects.get(opening.messageId);
      addPreviewOf(summary, { caseId, appends: past, subject }, compared);
    }
    if (same(summary, result.summary)) return;
    violated("preview", `${job.id} tells ${JSON.stringify(result.summary)}, not ${JSON.stringify(summary)}`);
  }

  return {
    onWrite({ noun, job }: Item): void {
      if (noun !== "preview") return;
      const { id, asOf } = job as { id: string; asOf: string };
      if (!watched.has(id)) watched.set(id, { asOf: Date.parse(asOf), isBlurred: false });
    },
    onAppend({ facts, messages }: AppendSeen): void {
      for (const { id, subject } of messages) subjects.set(id, subject);
      for (const preview of watched.values()) {
        if ((facts[0]?.at ?? now()) <= preview.asOf) preview.isBlurred = true;
      }
    },
    async atEnd(store: Store, cases: readonly CaseHistory[]): Promise<void> {
      for (const [id, { isBlurred }] of watched) {
        if (isBlurred || checked >= PREVIEWS_MAX) continue;
        const { job, result } = (await store.previews.read(id)) ?? {};
        if (job === undefined) continue;
        if (result === undefined) violated("preview", `${id} never came to an end`);
        else await judge({ job, result }, cases, store);
      }
    },
  };
}

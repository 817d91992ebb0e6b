import type { Instant, Metric } from "@ithaca/domain";
import { caseTag } from "../case-tag.ts";
import type { MailText } from "../mail-text.ts";
import { zonedTime } from "../zoned-time.ts";
import { caseLines, cycleName, type NoticeView, outstanding } from "./case-lines.ts";

/** A notice with the promise that it warns of. */
export interface WarningView extends NoticeView {
  readonly metric: Metric;
  readonly cycle?: number | undefined;
  readonly percent: number;
  readonly dueAt: Instant;
}

/** Tells whoever is responsible that a promise can still be kept, and until when. */
export function warning(view: WarningView): MailText {
  const metric = cycleName(view);
  return {
    subject: `${caseTag(view.number)} ${Math.round(view.percent)} % of the time for the ${metric} is gone`,
    text: caseLines(
      [
        `${Math.round(view.percent)} % of the time for the ${metric} is gone, and ${outstanding(view.metric)}.`,
        `It is due on ${zonedTime(view.dueAt, view.zone)}.`,
      ],
      view,
    ),
  };
}

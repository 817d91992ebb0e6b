import type { Instant, Metric } from "@ithaca/domain";
import { caseTag } from "../case-tag.ts";
import type { MailText } from "../mail-text.ts";
import { zonedTime } from "../zoned-time.ts";
import { caseLines, cycleName, type NoticeView, outstanding } from "./case-lines.ts";

/** A notice with the promise that was broken. */
export interface BreachView extends NoticeView {
  readonly metric: Metric;
  readonly cycle?: number | undefined;
  readonly dueAt: Instant;
}

/** Tells whoever is responsible that a promise is broken. */
export function breach(view: BreachView): MailText {
  const metric = cycleName(view);
  return {
    subject: `${caseTag(view.number)} The ${metric} is overdue`,
    text: caseLines(
      [`The ${metric} was due on ${zonedTime(view.dueAt, view.zone)}, and ${outstanding(view.metric)}.`],
      view,
    ),
  };
}

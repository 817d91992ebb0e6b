import type { Instant, Metric } from "@ithaca/domain";
import { caseTag } from "../case-tag.ts";
import type { MailText } from "../mail-text.ts";
import { zonedTime } from "../zoned-time.ts";
import { caseLines, metricName, type NoticeView, outstanding } from "./case-lines.ts";

/** A notice with the promise that was broken. */
export interface BreachView extends NoticeView {
  readonly metric: Metric;
  readonly dueAt: Instant;
}

/** Tells whoever is responsible that a promise is broken. */
export function breach(view: BreachView): MailText {
  const metric = metricName(view.metric);
  return {
    subject: `${caseTag(view.number)} The ${metric} is overdue`,
    text: caseLines(
      [`The ${metric} was due on ${zonedTime(view.dueAt, view.zone)}, and ${outstanding(view.metric)}.`],
      view,
    ),
  };
}

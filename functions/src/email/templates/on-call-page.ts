import type { Instant } from "@ithaca/domain";
import { caseTag } from "../case-tag.ts";
import type { MailText } from "../mail-text.ts";
import { zonedTime } from "../zoned-time.ts";
import { caseLines, type NoticeView } from "./case-lines.ts";

/** A notice with the due of the first response, where one is promised. */
export interface OnCallPageView extends NoticeView {
  readonly dueAt?: Instant | undefined;
}

/** Wakes whoever is on call: no team is open, and the clock runs (support-policy.md, Who gets a critical case). */
export function onCallPage(view: OnCallPageView): MailText {
  const priority = view.priority ?? "Urgent";
  return {
    subject: `${caseTag(view.number)} ${priority}: no team is open, you are on call`,
    text: caseLines(
      [
        `A case of priority ${priority} came while no team is open. Take it to acknowledge this page.`,
        ...(view.dueAt === undefined ? [] : [`Its first answer is due on ${zonedTime(view.dueAt, view.zone)}.`]),
      ],
      view,
    ),
  };
}

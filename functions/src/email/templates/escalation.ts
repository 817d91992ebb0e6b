import { caseTag } from "../case-tag.ts";
import type { MailText } from "../mail-text.ts";
import { caseLines, type NoticeView } from "./case-lines.ts";

/** Tells the lead and the assignee that a case has gone up. */
export function escalation(view: NoticeView): MailText {
  return {
    subject: `${caseTag(view.number)} Escalated to tier ${view.tier}`,
    text: caseLines([`The case missed its target and went up to tier ${view.tier}.`], view),
  };
}

import { type CaseNumber, spokenNumber } from "@ithaca/domain";
import { caseTag } from "../case-tag.ts";
import type { MailText } from "../mail-text.ts";
import { type AcknowledgementView, promiseLines } from "./acknowledgement.ts";

/** What an acknowledgement says of the new case, and the case whose message it was. */
export interface SplitView extends AcknowledgementView {
  readonly from: CaseNumber;
}

/** Tells a customer that one of their messages is a case of its own now, and what they may expect. */
export function split(view: SplitView): MailText {
  const [from, number] = [spokenNumber(view.from), spokenNumber(view.number)];
  return {
    subject: `${caseTag(view.number)} A question in your case ${from} is case ${number} now`,
    text: [
      "Hello,",
      "",
      `something that you wrote in case ${from} is a question of its own, so we have made a case of it: case ${number}. Please give this number when you write or call about it. Case ${from} goes on as before.`,
      "",
      ...promiseLines(view),
    ].join("\n"),
  };
}

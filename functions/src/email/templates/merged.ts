import { type CaseNumber, spokenNumber } from "@ithaca/domain";
import { caseTag } from "../case-tag.ts";
import type { MailText } from "../mail-text.ts";

/** The two numbers, and nothing that anybody wrote. */
export interface MergedView {
  /** The case that goes on in another one. */
  readonly number: CaseNumber;
  readonly survivor: CaseNumber;
}

/** Tells a customer that their case goes on under another number. */
export function merged({ number, survivor }: MergedView): MailText {
  const [before, now] = [spokenNumber(number), spokenNumber(survivor)];
  return {
    subject: `${caseTag(survivor)} Your case ${before} goes on as case ${now}`,
    text: [
      "Hello,",
      "",
      `your case ${before} is about the same matter as case ${now}, so we go on with both as one: case ${now}. All that you wrote is there.`,
      "",
      `Please give the number ${now} when you write or call about it. The number ${before} leads there too.`,
      "",
      "This mail was written by a machine. You need not answer it.",
      "",
    ].join("\n"),
  };
}

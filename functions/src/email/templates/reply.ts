import { type CaseNumber, spokenNumber } from "@ithaca/domain";
import { caseTag } from "../case-tag.ts";
import type { MailText } from "../mail-text.ts";

/** What the mail of an agent's reply is made of. */
export interface ReplyView {
  readonly number: CaseNumber;
  /** The subject of the message that opened the case. */
  readonly subject?: string | undefined;
  /** What the agent wrote. */
  readonly text: string;
}

/** An agent's words to the customer, with the number of the case and nothing else of ours. */
export function reply({ number, subject, text }: ReplyView): MailText {
  return {
    subject: `${caseTag(number)} ${subject === undefined ? "Our answer" : asReply(subject)}`,
    text: `${text.trimEnd()}\n\n-- \nCase ${spokenNumber(number)}\n`,
  };
}

function asReply(subject: string): string {
  return /^re:/i.test(subject) ? subject : `Re: ${subject}`;
}

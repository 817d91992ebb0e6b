import { type CaseNumber, spokenNumber } from "@ithaca/domain";

/** How a mail's subject names its case, readable and easy to find again: "[#148 203 917]". */
export function caseTag(number: CaseNumber): string {
  return `[#${spokenNumber(number)}]`;
}

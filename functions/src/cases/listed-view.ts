import type { AnswerOf } from "@ithaca/contracts";
import { atRisk } from "@ithaca/domain";
import type { ListedCase } from "@ithaca/store";
import { summaryOf } from "./case-summary.ts";

/** A case as a list shows it. */
export function listedView(listed: ListedCase): AnswerOf<"list-cases">["items"][number] {
  return {
    ...summaryOf(listed.case, listed.dueAt),
    ...(listed.subject !== undefined && { subject: listed.subject }),
    atRisk: atRisk(listed.case),
  };
}

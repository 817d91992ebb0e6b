import type { AnswerOf } from "@ithaca/contracts";
import type { ListedCase } from "@ithaca/store";
import type { Ports } from "../runtime/ports.ts";
import { summaryOf } from "./case-summary.ts";
import { assigneeNames, type Names } from "./names.ts";

type ListedView = AnswerOf<"list-cases">["items"][number];

/** Cases as a list shows them, each with the name of its agent. */
export async function listedViews(
  listed: readonly ListedCase[],
  ports: Pick<Ports, "directory">,
): Promise<ListedView[]> {
  const names = await assigneeNames(
    listed.map((one) => one.case),
    ports,
  );
  return listed.map((one) => listedView(one, names));
}

function listedView(listed: ListedCase, names: Names): ListedView {
  return {
    ...summaryOf(listed.case, listed.dueAt, names),
    ...(listed.subject !== undefined && { subject: listed.subject }),
    atRisk: listed.atRisk,
  };
}

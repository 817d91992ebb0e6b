import type { Client } from "@ithaca/client";
import { type JsonChoice, show } from "../output/json.ts";
import type { Moments } from "../output/moment.ts";
import { readPages } from "../output/read-pages.ts";
import { type Column, writeTable } from "../output/table.ts";
import type { World } from "../world.ts";
import { assigneeOf, type ListedCaseJson } from "./case-json.ts";
import { fromNow } from "./due-text.ts";
import { statusShown } from "./status-shown.ts";

/** Which cases to list. */
export interface ListOptions {
  /** All teams, and the cases that have none yet, when it is left out. */
  readonly team?: string;
  readonly view: CaseViewName;
  /** How many; all of them when undefined. */
  readonly limit: number | undefined;
}

/** The lists of a desk. */
export const VIEWS = ["open", "mine", "unassigned", "at-risk", "waiting", "resolved-lately"] as const;
export type CaseViewName = (typeof VIEWS)[number];

/** Lists the cases of a view, of a team or of the whole desk, the most pressing first. */
export async function listCases(
  world: World,
  client: Client,
  options: ListOptions,
  view: { json: JsonChoice; moments: Moments },
): Promise<void> {
  const { team, view: which, limit } = options;
  const asked = { view: which, ...(team !== undefined && { team }) };
  const listed = await readPages<ListedCaseJson>(limit, (page) => client.cases.list({ ...asked, ...page }));

  show(world, view.json, listed, () => {
    if (listed.length === 0 && world.out.isTerminal) {
      world.out.write(
        `Nothing in the view ${options.view}${options.team === undefined ? "" : ` of ${options.team}`}.\n`,
      );
      return;
    }
    writeTable(world.out, columnsOf(world, view.moments), listed);
  });
}

function columnsOf(world: World, moments: Moments): Column<ListedCaseJson>[] {
  const now = world.now();
  return [
    { head: "NUMBER", cell: ({ number }) => number },
    {
      head: "DUE",
      cell: ({ dueAt }) => (dueAt === undefined ? "–" : `${moments.dateAndTime(dueAt)} (${fromNow(dueAt, now)})`),
      raw: ({ dueAt }) => dueAt ?? "",
    },
    { head: "RISK", cell: ({ atRisk }) => (atRisk ? "!" : ""), raw: ({ atRisk }) => (atRisk ? "at-risk" : "") },
    { head: "PRIORITY", cell: ({ priority }) => priority ?? "–", raw: ({ priority }) => priority ?? "" },
    { head: "STATUS", cell: statusShown },
    { head: "TEAM", cell: ({ team }) => team ?? "–", raw: ({ team }) => team ?? "" },
    { head: "ASSIGNEE", cell: (listed) => assigneeOf(listed) ?? "–", raw: ({ assigneeId }) => assigneeId ?? "" },
    { head: "SUBJECT", cell: ({ subject }) => subject ?? "", raw: ({ subject }) => subject ?? "" },
  ];
}

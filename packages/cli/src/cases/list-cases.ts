import type { Client } from "@ithaca/client";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { type JsonChoice, show } from "../output/json.ts";
import type { Moments } from "../output/moment.ts";
import { type Column, writeTable } from "../output/table.ts";
import type { World } from "../world.ts";
import type { ListedCaseJson } from "./case-json.ts";
import { fromNow } from "./due-text.ts";

/** Which cases to list. */
export interface ListOptions {
  readonly team?: string;
  readonly category: "active" | "waiting" | "done";
  /** How many of each team; all of them when undefined. */
  readonly limit: number | undefined;
}

const PAGE_MAX = 100;

/** Lists the cases of a team, or of each of the caller's teams, the most pressing first. */
export async function listCases(
  world: World,
  client: Client,
  options: ListOptions,
  view: { json: JsonChoice; moments: Moments },
): Promise<void> {
  const teams = options.team === undefined ? await ownTeams(client) : [options.team];
  const listed: ListedCaseJson[] = [];
  for (const team of teams) listed.push(...(await casesOf(client, team, options)));

  show(world, view.json, listed, () => {
    if (listed.length === 0 && world.out.isTerminal) {
      world.out.write(`No ${options.category} cases of ${teams.join(" or ")}.\n`);
      return;
    }
    writeTable(world.out, columnsOf(world, view.moments), listed);
  });
}

async function ownTeams(client: Client): Promise<readonly string[]> {
  const self = await client.self();
  if (self.kind === "agent" && self.teams.length > 0) return self.teams;
  throw new Failure("Which team? You belong to none, so give --team.", EXIT.usage);
}

async function casesOf(client: Client, team: string, { category, limit }: ListOptions): Promise<ListedCaseJson[]> {
  const found: ListedCaseJson[] = [];
  const wanted = limit ?? Number.POSITIVE_INFINITY;
  for (let cursor: string | undefined; ; ) {
    const page = await client.cases.list({
      team,
      category,
      limit: Math.min(wanted - found.length, PAGE_MAX),
      ...(cursor !== undefined && { cursor }),
    });
    found.push(...page.items);
    cursor = page.cursor;
    if (cursor === undefined || found.length >= wanted) return found.slice(0, limit);
  }
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
    { head: "STATUS", cell: ({ status }) => status },
    { head: "TEAM", cell: ({ team }) => team ?? "–", raw: ({ team }) => team ?? "" },
    { head: "ASSIGNEE", cell: ({ assigneeId }) => assigneeId ?? "–", raw: ({ assigneeId }) => assigneeId ?? "" },
    { head: "SUBJECT", cell: ({ subject }) => subject ?? "", raw: ({ subject }) => subject ?? "" },
  ];
}

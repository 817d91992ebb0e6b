import { instant, SECOND_MS } from "@ithaca/domain";
import { NO_TEAM } from "@ithaca/store";
import { connect } from "../runtime/connect.ts";
import { onRoutes } from "../runtime/on-routes.ts";
import { pageOrNo } from "../runtime/page-or-no.ts";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { manifest } from "./follow-cases.manifest.ts";
import { listedViews } from "./listed-view.ts";

type FollowPorts = Pick<Ports, "cases" | "rulebooks" | "directory" | "clock">;

/** An index shows a change a little later than it was made; one that is younger is told in the next answer. */
const SETTLED_MS = 2 * SECOND_MS;

/** Says how many cases are in each list: the counts that every change keeps. */
export async function countCases(
  { principal, may }: Asked<"count-cases">,
  { cases, rulebooks, clock }: FollowPorts,
): Promise<Answer<"count-cases">> {
  if (!may({ kind: "desk" })) return no("not-there");
  const { policy } = await rulebooks.inForce(clock());
  const codes = policy.teams.map(({ code }) => code);
  const { teams, mine } = await cases.counts([...codes, NO_TEAM], principal.id);
  const countsOf = (team: string) => teams[team] ?? NONE;
  return {
    status: 200,
    body: { teams: codes.map((team) => ({ team, ...countsOf(team) })), untriaged: countsOf(NO_TEAM), mine },
  };
}

const NONE = { active: 0, atRisk: 0, unassigned: 0, waiting: 0, done: 0 };

/** Tells which cases changed since a cursor, each as it is now. */
export async function listChanges(
  { query, may }: Asked<"list-changes">,
  { cases, directory, clock }: FollowPorts,
): Promise<Answer<"list-changes">> {
  if (!may({ kind: "desk" })) return no("not-there");
  const until = instant(clock() - SETTLED_MS);
  return pageOrNo("after", async () => {
    const { items, cursor, more } = await cases.changes(query.after ?? until, until, query.limit);
    return { status: 200, body: { items: await listedViews(items, { directory }), cursor, more } };
  });
}

export const handler = onRoutes(manifest, { "count-cases": countCases, "list-changes": listChanges }, connect(toTable));

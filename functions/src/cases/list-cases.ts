import { type CaseViewName, LATELY_DAYS } from "@ithaca/contracts";
import { DAY_MS, type Instant, plus, type StatusCategory } from "@ithaca/domain";
import { NO_TEAM } from "@ithaca/store";
import { connect } from "../runtime/connect.ts";
import { onRequest } from "../runtime/on-request.ts";
import { pageOrNo } from "../runtime/page-or-no.ts";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { manifest } from "./list-cases.manifest.ts";
import { listedViews } from "./listed-view.ts";

/** Lists the cases of a view, of one team or of the whole desk, by due and then by last change. */
export async function listCases(
  { principal, query, may }: Asked<"list-cases">,
  { cases, rulebooks, directory, clock }: Pick<Ports, "cases" | "rulebooks" | "directory" | "clock">,
): Promise<Answer<"list-cases">> {
  if (!may({ kind: "desk" })) return no("not-there");
  const { team, view, category, limit, cursor } = query;
  const now = clock();
  const { policy } = await rulebooks.inForce(now);
  const teams = policy.teams.map(({ code }) => code);
  if (team !== undefined && !teams.includes(team)) return wrongQuery("team", "is no team of this desk");
  if (team !== undefined && view === "mine") return wrongQuery("team", "goes with every view but mine");
  if (category !== undefined && view !== undefined) return wrongQuery("category", "goes without a view");

  // A case whose triage is owed has no team: whoever looks at the whole desk sees it.
  const shown = team === undefined ? [...teams, NO_TEAM] : [team];
  const asked =
    view === "mine"
      ? { assigneeId: principal.id }
      : { team: shown, ...LISTS[view ?? VIEW_OF[category ?? "active"]], ...boundOf(view, now) };
  return pageOrNo("cursor", async () => {
    const page = await cases.list(asked, limit, cursor);
    const items = await listedViews(page.items, { directory });
    return { status: 200, body: { items, ...(page.cursor !== undefined && { cursor: page.cursor }) } };
  });
}

/** What is done is listed without end, unless what was done lately is asked for. */
function boundOf(view: CaseViewName | undefined, now: Instant): { changedSince?: Instant } {
  return view === "resolved-lately" ? { changedSince: plus(now, -LATELY_DAYS * DAY_MS) } : {};
}

const LISTS = {
  open: { category: "active" },
  unassigned: { category: "active", only: "unassigned" },
  "at-risk": { category: "active", only: "at-risk" },
  waiting: { category: "waiting" },
  "resolved-lately": { category: "done" },
} as const satisfies Record<Exclude<CaseViewName, "mine">, { category: StatusCategory; only?: string }>;

const VIEW_OF = { active: "open", waiting: "waiting", done: "resolved-lately" } as const;

function wrongQuery(field: string, message: string): Answer<"list-cases"> {
  return no("invalid-request", { errors: [{ path: `query.${field}`, message }] });
}

export const handler = onRequest(manifest, listCases, connect(toTable));

import { InvalidCursor } from "@ithaca/store";
import { connect } from "../runtime/connect.ts";
import { onRequest } from "../runtime/on-request.ts";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { atRisk } from "./at-risk.ts";
import { summaryOf } from "./case-summary.ts";
import { manifest } from "./list-cases.manifest.ts";

/** Lists a team's cases of a category, by due and then by last change. */
export async function listCases(
  { query, may }: Asked<"list-cases">,
  { cases, rulebooks, clock }: Pick<Ports, "cases" | "rulebooks" | "clock">,
): Promise<Answer<"list-cases">> {
  if (!may({ kind: "desk" })) return no("not-there");
  const { team, category, limit, cursor } = query;
  const { policy } = await rulebooks.inForce(clock());
  if (!policy.teams.some(({ code }) => code === team)) return wrongQuery("team", "is no team of this desk");

  try {
    const page = await cases.list({ team, category }, limit, cursor);
    const items = page.items.map((listed) => ({
      ...summaryOf(listed.case, listed.dueAt),
      ...(listed.subject !== undefined && { subject: listed.subject }),
      atRisk: atRisk(listed.case),
    }));
    return { status: 200, body: { items, ...(page.cursor !== undefined && { cursor: page.cursor }) } };
  } catch (error) {
    if (error instanceof InvalidCursor) return wrongQuery("cursor", "is not one that a list gave");
    throw error;
  }
}

function wrongQuery(field: string, message: string): Answer<"list-cases"> {
  return no("invalid-request", { errors: [{ path: `query.${field}`, message }] });
}

export const handler = onRequest(manifest, listCases, connect(toTable));

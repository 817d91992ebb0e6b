import { actorOf, assign, refuse, release, take } from "@ithaca/domain";
import { connect } from "../runtime/connect.ts";
import { onRequest } from "../runtime/on-request.ts";
import type { Answer, Asked } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { type ChangePorts, changeCase } from "./change-case.ts";
import { manifest } from "./take-case.manifest.ts";

/** Gives a case to the agent who asks for it, to another agent, or to nobody. */
export async function takeCase(asked: Asked<"take-case">, ports: ChangePorts): Promise<Answer<"take-case">> {
  const { principal, body } = asked;
  const { assignee } = body;
  const by = actorOf(principal);
  const isOwn = assignee === "me" || assignee === principal.id;
  const isAgent = isOwn || assignee === "nobody" || (await ports.directory.principal(assignee))?.kind === "agent";
  return changeCase(asked, ports, 200, {
    decide: (latest, _rulebook, now) => {
      if (!isAgent) return refuse("unknown-agent", [{ path: "assignee", message: "is no agent of this desk" }]);
      if (assignee === "nobody") return release(latest, now, by);
      return isOwn ? take(latest, principal.id, now, by) : assign(latest, assignee, now, by);
    },
  });
}

export const handler = onRequest(manifest, takeCase, connect(toTable));

import { actorOf, changePriority as decidePriority } from "@ithaca/domain";
import { connect } from "../runtime/connect.ts";
import { onRequest } from "../runtime/on-request.ts";
import type { Answer, Asked } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { reasonFor } from "./agent-message.ts";
import { type ChangePorts, changeCase } from "./change-case.ts";
import { manifest } from "./change-priority.manifest.ts";

/** Gives a case another priority; its team and its dues follow. */
export async function changePriority(
  asked: Asked<"change-priority">,
  ports: ChangePorts,
): Promise<Answer<"change-priority">> {
  const { priority: to } = asked.body;
  const by = actorOf(asked.principal);
  const reason = reasonFor(asked.body.reason, by, ports.newId);
  return changeCase(asked, ports, 200, {
    reason,
    decide: (latest, rulebook, now) => decidePriority(latest, { to, reasonId: reason?.id }, rulebook, now, by),
  });
}

export const handler = onRequest(manifest, changePriority, connect(toTable));

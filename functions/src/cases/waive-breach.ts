import { actorOf, waive } from "@ithaca/domain";
import { connect } from "../runtime/connect.ts";
import { onRequest } from "../runtime/on-request.ts";
import type { Answer, Asked } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { reasonFor } from "./agent-message.ts";
import { type ChangePorts, changeCase } from "./change-case.ts";
import { manifest } from "./waive-breach.manifest.ts";

/** Excuses a broken promise: reports change, the fact does not. */
export async function waiveBreach(asked: Asked<"waive-breach">, ports: ChangePorts): Promise<Answer<"waive-breach">> {
  const { metric } = asked.params;
  const by = actorOf(asked.principal);
  const { cycle } = asked.body;
  const reason = reasonFor(asked.body.reason, by, ports.newId);
  return changeCase(asked, ports, 201, {
    reason,
    decide: (latest, _rulebook, now) => waive(latest, { metric, cycle, reasonId: reason?.id }, now, by),
  });
}

export const handler = onRequest(manifest, waiveBreach, connect(toTable));

import { actorOf, take } from "@ithaca/domain";
import { connect } from "../runtime/connect.ts";
import { onRequest } from "../runtime/on-request.ts";
import type { Answer, Asked } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { type ChangePorts, changeCase } from "./change-case.ts";
import { manifest } from "./take-case.manifest.ts";

/** Makes a case the agent's own who asks for it. */
export async function takeCase(asked: Asked<"take-case">, ports: ChangePorts): Promise<Answer<"take-case">> {
  const by = actorOf(asked.principal);
  return changeCase(asked, ports, 200, {
    decide: (latest, _rulebook, now) => take(latest, asked.principal.id, now, by),
  });
}

export const handler = onRequest(manifest, takeCase, connect(toTable));

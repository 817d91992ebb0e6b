import { actorOf, reply } from "@ithaca/domain";
import { connect } from "../runtime/connect.ts";
import { onRequest } from "../runtime/on-request.ts";
import type { Answer, Asked } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { agentMessage } from "./agent-message.ts";
import { type ChangePorts, changeCase } from "./change-case.ts";
import { manifest } from "./write-reply.manifest.ts";

/** An agent's words to the customer: they stop the response clock and are owed to the customer as mail. */
export async function writeReply(asked: Asked<"write-reply">, ports: ChangePorts): Promise<Answer<"write-reply">> {
  const by = actorOf(asked.principal);
  const id = ports.newId("msg");
  return changeCase(asked, ports, 201, {
    message: { id, of: (current, at) => agentMessage(current, "outbound", { id, by, text: asked.body.text, at }) },
    decide: (latest, rulebook, now) => reply(latest, id, rulebook, now, by),
  });
}

export const handler = onRequest(manifest, writeReply, connect(toTable));

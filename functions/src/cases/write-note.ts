import { actorOf, note, recordCall } from "@ithaca/domain";
import { connect } from "../runtime/connect.ts";
import { onRequest } from "../runtime/on-request.ts";
import type { Answer, Asked } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { agentMessage } from "./agent-message.ts";
import { type ChangePorts, changeCase } from "./change-case.ts";
import { manifest } from "./write-note.manifest.ts";

/**
 * An agent's words to other agents, which no customer sees. No clock takes notice of them, unless they tell of a call that
 * connected: that is a response.
 */
export async function writeNote(asked: Asked<"write-note">, ports: ChangePorts): Promise<Answer<"write-note">> {
  const by = actorOf(asked.principal);
  const id = ports.newId("msg");
  return changeCase(asked, ports, 201, {
    message: { id, of: (current, at) => agentMessage(current, "internal", { id, by, text: asked.body.text, at }) },
    decide: (latest, rulebook, now) =>
      asked.body.connectedCall ? recordCall(latest, id, rulebook, now, by) : note(latest, id, now, by),
  });
}

export const handler = onRequest(manifest, writeNote, connect(toTable));

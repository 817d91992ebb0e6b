import { actorOf, resolve } from "@ithaca/domain";
import { connect } from "../runtime/connect.ts";
import { onRequest } from "../runtime/on-request.ts";
import type { Answer, Asked } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { agentMessage } from "./agent-message.ts";
import { type ChangePorts, changeCase } from "./change-case.ts";
import { manifest } from "./resolve-case.manifest.ts";

/** Resolves a case: with words to the customer, which are a response, or silently, which cancels what still runs. */
export async function resolveCase(asked: Asked<"resolve-case">, ports: ChangePorts): Promise<Answer<"resolve-case">> {
  const { text, status } = asked.body;
  const by = actorOf(asked.principal);
  const id = ports.newId("msg");
  return changeCase(asked, ports, 200, {
    message:
      text === undefined
        ? undefined
        : { id, of: (current, at) => agentMessage(current, "outbound", { id, by, text, at }) },
    decide: (latest, rulebook, now) =>
      resolve(latest, text === undefined ? undefined : { messageId: id }, rulebook, now, by, status),
  });
}

export const handler = onRequest(manifest, resolveCase, connect(toTable));

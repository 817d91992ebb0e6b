import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod/mini";
import { queueBody } from "./envelope.ts";
import type { Reactions } from "./ports.ts";
import { SDK_CLIENT } from "./sdk-client.ts";

const url = z.string().check(z.minLength(1));

/** The URL of the queue that each kind of effect waits in. */
const QueueUrls = z.object({ mail: url, timer: url, escalation: url, triage: url });

/** Connects a function to the queues of what reacts to owed effects. */
export function toReactions(environment: { REACTION_QUEUES: string }): { readonly reactions: Reactions } {
  const sqs = new SQSClient(SDK_CLIENT);
  const urls = z.parse(QueueUrls, JSON.parse(environment.REACTION_QUEUES));
  return {
    reactions: {
      async send(kind, entry) {
        await sqs.send(new SendMessageCommand({ QueueUrl: urls[kind], MessageBody: queueBody(entry) }));
      },
    },
  };
}

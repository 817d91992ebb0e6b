import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod/mini";
import type { WakeUps } from "./ports.ts";
import { WakeUp } from "./queues.ts";
import { SDK_CLIENT } from "./sdk-client.ts";

/** Connects a function to the queue of wake-case. */
export function toWakeUps(environment: { WAKE_QUEUE_URL: string }): { readonly wakeUps: WakeUps } {
  const sqs = new SQSClient(SDK_CLIENT);
  return {
    wakeUps: {
      async send(wakeUp, delaySeconds) {
        await sqs.send(
          new SendMessageCommand({
            QueueUrl: environment.WAKE_QUEUE_URL,
            MessageBody: JSON.stringify(z.encode(WakeUp, wakeUp)),
            DelaySeconds: delaySeconds,
          }),
        );
      },
    },
  };
}

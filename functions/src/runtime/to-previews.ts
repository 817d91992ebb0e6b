import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod/mini";
import type { PreviewPages } from "./ports.ts";
import { PreviewPage } from "./queues.ts";
import { SDK_CLIENT } from "./sdk-client.ts";

/** Connects a function to the queue of fold-cases. */
export function toPreviews(environment: { PREVIEW_QUEUE_URL: string }): { readonly previewPages: PreviewPages } {
  const sqs = new SQSClient(SDK_CLIENT);
  return {
    previewPages: {
      async send(page) {
        await sqs.send(
          new SendMessageCommand({
            QueueUrl: environment.PREVIEW_QUEUE_URL,
            MessageBody: JSON.stringify(z.encode(PreviewPage, page)),
          }),
        );
      },
    },
  };
}

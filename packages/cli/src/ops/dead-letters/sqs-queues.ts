import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { DeadLetter, Queues } from "./dead-letters.ts";

/** The most that SQS gives and takes at once. */
const BATCH = 10;

/**
 * The queues of SQS. The SDK honours AWS_ENDPOINT_URL, and is told to keep to it: a queue's own address may name the same
 * local cloud by another host, of which it would warn at each call.
 */
export function sqsQueues(): Queues {
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  return {
    depth: async (url) => {
      const attribute = "ApproximateNumberOfMessages";
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [attribute] }),
      );
      return Number(Attributes?.[attribute] ?? 0);
    },

    take: async (url, forSeconds) => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: BATCH,
          VisibilityTimeout: forSeconds,
          // Long polling asks every server of the queue: a short poll may find none of a few.
          WaitTimeSeconds: 1,
          MessageSystemAttributeNames: ["SentTimestamp"],
        }),
      );
      return Messages.map(
        ({ MessageId: id = "", Body: body = "", ReceiptHandle: handle = "", Attributes }): DeadLetter => ({
          id,
          body,
          handle,
          sentAt: new Date(Number(Attributes?.SentTimestamp ?? 0)).toISOString(),
        }),
      );
    },

    put: async (url, letters) => {
      const { Successful = [] } = await sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: url,
          Entries: letters.map(({ body }, at) => ({ Id: String(at), MessageBody: body })),
        }),
      );
      return Successful.flatMap(({ Id }) => letters[Number(Id)] ?? []);
    },

    remove: async (url, letters) => {
      if (letters.length === 0) return;
      await sqs.send(
        new DeleteMessageBatchCommand({
          QueueUrl: url,
          Entries: letters.map(({ handle }, at) => ({ Id: String(at), ReceiptHandle: handle })),
        }),
      );
    },
  };
}

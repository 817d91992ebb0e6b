import type { DetailOf, EventDefinition } from "@ithaca/contracts";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import * as z from "zod/mini";
import type { Connect } from "./connect.ts";
import { Envelope } from "./envelope.ts";
import { invocation } from "./invocation.ts";
import type { Manifest, QueueName } from "./manifest.ts";
import { QUEUE_MESSAGES, type QueueMessage } from "./queues.ts";

type MessageManifest = Manifest & { readonly trigger: { readonly kind: "events" | "queue" } };

/** What the records of a manifest's queue hold. */
type MessageOf<M extends MessageManifest> = M["trigger"] extends { readonly events: readonly (infer Event)[] }
  ? Event extends EventDefinition
    ? DetailOf<Event>
    : never
  : M["trigger"] extends { readonly queue: infer Queue extends QueueName }
    ? QueueMessage<Queue>
    : never;

/**
 * The handler of a queued function. The records of a batch are handled at the same time; those that fail go back to the
 * queue, and after the queue's tries to its dead-letter queue, as does a record that is not what the queue carries.
 */
export function onMessage<const M extends MessageManifest, P>(
  manifest: M,
  react: (message: MessageOf<M>, ports: P) => Promise<unknown>,
  connect: Connect<z.output<M["env"]>, P>,
) {
  return invocation<M, SQSEvent, SQSBatchResponse, P>(
    manifest,
    connect,
    async ({ Records: records }, ports, _, line) => {
      const handled = await Promise.allSettled(
        records.map(async (record) => react(messageOf(manifest, record), ports)),
      );
      const failed = records.flatMap((record, at) => {
        const result = handled[at];
        if (result?.status !== "rejected") return [];
        line.fault(result.reason, { record: record.messageId, received: record.attributes.ApproximateReceiveCount });
        return [{ itemIdentifier: record.messageId }];
      });

      line.note({ records: records.length, failed: failed.length });
      return { batchItemFailures: failed };
    },
  );
}

/** A record's message, by the definition of its event or the schema of its queue. Throws when it is neither. */
function messageOf<M extends MessageManifest>({ trigger }: M, record: Pick<SQSRecord, "body">): MessageOf<M> {
  const body: unknown = JSON.parse(record.body);
  // The type follows from the manifest alone, which the compiler cannot see through the two kinds of trigger.
  if (trigger.kind === "queue") return z.parse(QUEUE_MESSAGES[trigger.queue], body) as MessageOf<M>;

  const envelope = z.parse(Envelope, body);
  const event = trigger.events.find(
    ({ type, source }) => type === envelope["detail-type"] && source === envelope.source,
  );
  if (event === undefined) throw new Error(`${envelope["detail-type"]} of ${envelope.source} is not for this queue`);
  return z.parse(event.detail, envelope.detail) as MessageOf<M>;
}

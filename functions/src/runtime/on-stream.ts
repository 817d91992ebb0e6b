import { type Item, itemOfImage } from "@ithaca/store";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import type * as z from "zod/mini";
import type { Connect } from "./connect.ts";
import { invocation } from "./invocation.ts";
import type { Manifest } from "./manifest.ts";

type StreamManifest = Manifest & { readonly trigger: { readonly kind: "stream" } };

/** A change of the table, in the order of its shard. */
export interface StreamRecord {
  /** Names the record in its shard. */
  readonly sequenceNumber: string;
  /** Whether the item was not there before. */
  readonly inserted: boolean;
  /** The item as it was written. Throws when the record has none or it cannot be read. */
  item(): Item;
}

/** A record that could not be handled, and why. */
export interface FailedRecord {
  readonly sequenceNumber: string;
  readonly error: unknown;
}

/**
 * The handler of the table's stream. What it does with a failed record is the mapping's to say: it splits the batch, tries
 * a bounded number of times from the first failed record on, and then keeps the record elsewhere, so that one that
 * nobody can read never blocks the shard (threats.md, 21).
 */
export function onStream<const M extends StreamManifest, P>(
  manifest: M,
  handle: (records: readonly StreamRecord[], ports: P) => Promise<readonly FailedRecord[]>,
  connect: Connect<z.output<M["env"]>, P>,
) {
  return invocation<M, DynamoDBStreamEvent, DynamoDBBatchResponse, P>(
    manifest,
    connect,
    async ({ Records: records }, ports, _context, line) => {
      const failed = await handle(records.map(streamRecord), ports);
      for (const { sequenceNumber, error } of failed) line.fault(error, { record: sequenceNumber });
      line.note({ records: records.length, failed: failed.length });
      return { batchItemFailures: failed.map(({ sequenceNumber }) => ({ itemIdentifier: sequenceNumber })) };
    },
  );
}

function streamRecord({ eventName, dynamodb }: DynamoDBRecord): StreamRecord {
  const sequenceNumber = dynamodb?.SequenceNumber;
  // Without its number a record cannot be told apart: the whole batch fails.
  if (sequenceNumber === undefined) throw new Error("a stream record has no sequence number");
  return {
    sequenceNumber,
    inserted: eventName === "INSERT",
    item: () => {
      if (dynamodb?.NewImage === undefined) throw new Error("a stream record has no new image");
      // The types of the event and of the SDK name the same JSON.
      return itemOfImage(dynamodb.NewImage as Parameters<typeof itemOfImage>[0]);
    },
  };
}

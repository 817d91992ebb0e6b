import type { EventEntry } from "@ithaca/contracts";
import { BUS_BYTES_MAX } from "../runtime/bus-limits.ts";
import { connect } from "../runtime/connect.ts";
import { type FailedRecord, onStream, type StreamRecord } from "../runtime/on-stream.ts";
import type { Ports } from "../runtime/ports.ts";
import { toBus } from "../runtime/to-bus.ts";
import { announcementsOf } from "./announcements-of.ts";
import { busBatches, entryBytes } from "./bus-batches.ts";
import { manifest } from "./publish-facts.manifest.ts";

/** How often an entry is put that the bus does not take, and how long is waited before the second time. */
const PUTS_MAX = 3;
const FIRST_PAUSE_MS = 100;

type PublishPorts = Pick<Ports, "bus" | "pause" | "count">;

/** An entry, and the record that it tells of. */
interface Announcement {
  readonly sequenceNumber: string;
  readonly entry: EventEntry;
}

/**
 * Puts what the table's stream tells of on the bus; nothing else does. A record that cannot be read, or whose events the
 * bus does not take, fails by itself: the others are out.
 */
export async function publishFacts(records: readonly StreamRecord[], ports: PublishPorts): Promise<FailedRecord[]> {
  const announcements: Announcement[] = [];
  const failed: FailedRecord[] = [];
  for (const record of records) {
    try {
      announcements.push(...announce(record));
    } catch (error) {
      failed.push({ sequenceNumber: record.sequenceNumber, error });
    }
  }

  for (const batch of busBatches(announcements)) {
    const left = await putAll(batch, ports);
    failed.push(...left.map(({ sequenceNumber, error }) => ({ sequenceNumber, error })));
  }
  ports.count("eventsPublished", announcements.length);
  return onceEach(failed);
}

function announce({ sequenceNumber, inserted, item }: StreamRecord): Announcement[] {
  if (!inserted) return [];
  return announcementsOf(item()).map((entry) => {
    if (entryBytes(entry) > BUS_BYTES_MAX) throw new Error(`${entry.DetailType} is larger than the bus takes`);
    return { sequenceNumber, entry };
  });
}

/** Puts a batch, and again what the bus did not take; resolves to what it would not take at all. */
async function putAll(
  batch: readonly Announcement[],
  { bus, pause }: PublishPorts,
): Promise<(Announcement & FailedRecord)[]> {
  let left = batch.map((one) => ({ ...one, error: undefined as unknown }));
  for (let put = 1; put <= PUTS_MAX && left.length > 0; put += 1) {
    if (put > 1) await pause(FIRST_PAUSE_MS * 2 ** (put - 2));
    left = await putOnce(left, bus);
  }
  return left;
}

async function putOnce<One extends Announcement>(batch: readonly One[], bus: Ports["bus"]) {
  try {
    const refused = await bus.put(batch.map(({ entry }) => entry));
    const error = new Error("the bus did not take an event");
    return batch.flatMap((one, at) => (refused.includes(at) ? [{ ...one, error }] : []));
  } catch (error) {
    return batch.map((one) => ({ ...one, error }));
  }
}

/** A record fails once, however many of its events did. */
function onceEach(failed: readonly FailedRecord[]): FailedRecord[] {
  return [...new Map(failed.map((one) => [one.sequenceNumber, one])).values()];
}

export const handler = onStream(manifest, publishFacts, connect(toBus));

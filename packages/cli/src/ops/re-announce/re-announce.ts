import type { FactsWanted, ImageOfItem, Store } from "@ithaca/store";
import { recordedFacts } from "@ithaca/store";

/** How many appends the publisher is given at once, as the stream would. */
const BATCH = 100;

/** The function that publishes what the table's stream tells of. */
export interface Publisher {
  /** Publishes appends as if they were new; resolves to the places of those that it could not. Throws when it failed. */
  publish(images: readonly ImageOfItem[]): Promise<number[]>;
}

/** How many appends were published again, and how many could not be. */
export interface ReAnnounced {
  readonly published: number;
  readonly failed: number;
}

/**
 * Tells the bus of facts again, by the one function that publishes. Whoever listens must bear hearing a fact twice, as it
 * must at any time; what was owed is not told again.
 */
export async function reAnnounce(
  store: Store,
  publisher: Publisher,
  wanted: FactsWanted,
  onProgress: (so: ReAnnounced) => void = () => undefined,
): Promise<ReAnnounced> {
  let so: ReAnnounced = { published: 0, failed: 0 };
  const publish = async (batch: readonly ImageOfItem[]) => {
    if (batch.length === 0) return;
    const failed = (await publisher.publish(batch)).length;
    so = { published: so.published + batch.length - failed, failed: so.failed + failed };
    onProgress(so);
  };

  let batch: ImageOfItem[] = [];
  for await (const image of recordedFacts(store, wanted)) {
    batch.push(image);
    if (batch.length < BATCH) continue;
    await publish(batch);
    batch = [];
  }
  await publish(batch);
  return so;
}

import { type Store, unfinishedImport } from "@ithaca/store";
import { Failure } from "../failure.ts";

/**
 * Lets mail of a desk go out again. Throws a Failure while an import is not finished: of its cases some have no messages
 * yet, or no requester.
 */
export async function goLive(store: Store): Promise<void> {
  const unfinished = await unfinishedImport(store);
  if (unfinished !== undefined) {
    throw new Failure(
      `The import of ${unfinished.exportId} is not finished, so the desk stays held. Import it again to go on, or give it up: ithaca import --abandon`,
    );
  }
  await store.desk.goLive();
}

import type { Page } from "@ithaca/store";

/** Everything in a list, page by page. */
export async function* itemsOf<Item>(readPage: (cursor?: string) => Promise<Page<Item>>): AsyncIterable<Item> {
  let cursor: string | undefined;
  do {
    const page = await readPage(cursor);
    yield* page.items;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

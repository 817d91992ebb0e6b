import type { Page } from "@ithaca/store";

/** What a run keeps for ending in good order, in milliseconds. */
const RESERVE_MS = 5_000;

/** How much one run does at most: the next one is a minute away. */
const PAGE_SIZE = 25;
const PAGES_MAX = 200;

/** Handles the items of a list page by page, a page's all at the same time, until the list, the time or the bound ends. */
export async function pageThrough<Item>(
  readPage: (limit: number, cursor?: string) => Promise<Page<Item>>,
  handle: (item: Item) => Promise<unknown>,
  remainingMs: () => number,
): Promise<void> {
  let cursor: string | undefined;
  for (let pages = 0; pages < PAGES_MAX && remainingMs() > RESERVE_MS; pages += 1) {
    const page = await readPage(PAGE_SIZE, cursor);
    await Promise.all(page.items.map(handle));
    cursor = page.cursor;
    if (cursor === undefined) return;
  }
}

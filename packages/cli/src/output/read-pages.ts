/** A page of a list of the desk. */
interface Page<Item> {
  readonly items: readonly Item[];
  readonly cursor?: string | undefined;
}

const PAGE_MAX = 100;

/** Reads a list page by page, until its end or until so many items are there. */
export async function readPages<Item>(
  limit: number | undefined,
  readPage: (asked: { limit: number; cursor?: string }) => Promise<Page<Item>>,
): Promise<Item[]> {
  const found: Item[] = [];
  const wanted = limit ?? Number.POSITIVE_INFINITY;
  for (let cursor: string | undefined; ; ) {
    const asked = { limit: Math.min(wanted - found.length, PAGE_MAX), ...(cursor !== undefined && { cursor }) };
    const page = await readPage(asked);
    found.push(...page.items);
    cursor = page.cursor;
    if (cursor === undefined || found.length >= wanted) return found.slice(0, limit);
  }
}

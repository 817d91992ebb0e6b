/** Every item of every page, in their order. */
export async function readAll<One>(
  read: (cursor?: string) => Promise<{ items: One[]; cursor?: string }>,
): Promise<One[]> {
  const all: One[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    all.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return all;
}

import type { Item, Stretch, Table } from "../table/table.ts";

/** The most items of a stretch that are read at once. */
const PAGE = 1_000;

/** Everything in a stretch of a partition of the table itself, in its order, however many reads that takes. */
export async function readStretch(
  table: Table,
  stretch: Pick<Stretch, "partition" | "from" | "until">,
): Promise<Item[]> {
  const items: Item[] = [];
  let more = true;
  while (more) {
    const last = items.at(-1);
    const page = await table.query({ ...stretch, ...(last !== undefined && { from: behind(last) }), limit: PAGE });
    items.push(...page.items);
    ({ more } = page);
  }
  return items;
}

/** Where the items behind one begin: sort keys are printable, and a space sorts before all that is. */
function behind({ sk }: Item): string {
  return `${sk} `;
}

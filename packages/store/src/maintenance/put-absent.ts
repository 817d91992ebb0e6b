import { IF_ABSENT, type Item, type Table } from "../table/table.ts";

/** So many items of usual size are far from the 4 MB that one transaction takes. */
const TRANSACTION_ITEMS = 50;

/** Puts items that are not there yet, in their order, and leaves those alone that are. Can be repeated at any time. */
export async function putAbsent(table: Table, items: readonly Item[]): Promise<void> {
  for (let from = 0; from < items.length; from += TRANSACTION_ITEMS) {
    const chunk = items.slice(from, from + TRANSACTION_ITEMS);
    const together = await table.transact(chunk.map((put) => ({ put, condition: IF_ABSENT })));
    if (together.done) continue;
    // Some of them are there, from an import that was cut off: one by one, the state of a case still last.
    for (const item of chunk) await table.put(item, IF_ABSENT);
  }
}

import { lotsOf } from "../table/lots-of.ts";
import { IF_ABSENT, type Item, type Table } from "../table/table.ts";

/** So many items of usual size are far from the 4 MB that one transaction takes. */
const TRANSACTION_ITEMS = 50;

/** Puts items that are not there yet, in their order, and leaves those alone that are. Can be repeated at any time. */
export async function putAbsent(table: Table, items: readonly Item[]): Promise<void> {
  for (const lot of lotsOf(items, TRANSACTION_ITEMS)) {
    const together = await table.transact(lot.map((put) => ({ put, condition: IF_ABSENT })));
    if (together.done) continue;
    // Some of them are there, from an import that was cut off: one by one, the state of a case still last.
    for (const item of lot) await table.put(item, IF_ABSENT);
  }
}

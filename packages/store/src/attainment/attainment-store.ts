import type { CountedTogether } from "@ithaca/domain";
import { attainedPartitions, countedUnder, KEY_END } from "../keys.ts";
import { readStretch } from "../paging/read-stretch.ts";
import type { Attainment } from "../ports/attainment.ts";
import type { Item, Table } from "../table/table.ts";

/** Attainment in a table: the counts that the changes of cases kept. */
export function attainmentStore(table: Table): Attainment {
  return {
    counted: async (from, to) => {
      const months = { from, until: `${to}${KEY_END}` };
      const read = attainedPartitions().map((partition) => readStretch(table, { partition, ...months }));
      return (await Promise.all(read)).flat().flatMap(countedOf);
    },
  };
}

/** What was counted and taken back again is none. */
function countedOf(item: Item): CountedTogether[] {
  const [met, breached, waived] = [item.met, item.breached, item.waived].map((count) => Number(count ?? 0));
  const counted = { met: met ?? 0, breached: breached ?? 0, waived: waived ?? 0 };
  return Object.values(counted).every((count) => count === 0) ? [] : [{ ...countedUnder(item), ...counted }];
}

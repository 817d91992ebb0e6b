import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openPartition } from "./memory-partition.ts";
import type { Item, Stretch } from "./table.ts";

const place = fc.constantFrom("a", "b", "c", "d", "e");
const name = fc.constantFrom("1", "2", "3", "4");
const operation = fc.record({ kind: fc.constantFrom("insert", "remove"), place, name });
const stretch = fc.record(
  { from: place, until: place, descending: fc.boolean(), limit: fc.integer({ min: 1, max: 6 }) },
  { requiredKeys: ["limit"] },
);

type Asked = Pick<Stretch, "from" | "until" | "descending" | "limit">;

interface Placed {
  readonly place: string;
  readonly item: Item;
}

/** What a stretch is, said slowly: all that is within it, in order, cut off at its limit. */
function slowly(placed: readonly Placed[], { from, until, descending, limit }: Asked): Item[] {
  const within = placed.filter(
    (one) => (from === undefined || one.place >= from) && (until === undefined || one.place <= until),
  );
  const ordered = within.sort((a, b) => (`${a.place} ${a.item.pk}` < `${b.place} ${b.item.pk}` ? -1 : 1));
  return (descending === true ? ordered.reverse() : ordered).slice(0, limit).map(({ item }) => item);
}

describe("when items come to a partition and go", () => {
  test("a stretch of it is what lies between its ends, in order, up to its limit", () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 40 }), stretch, (operations, asked) => {
        const partition = openPartition();
        const placed = new Map<string, Placed>();
        for (const { kind, place, name } of operations) {
          const item: Item = { pk: name, sk: "S" };
          const at = `${place} ${name}`;
          if (kind === "remove") {
            placed.delete(at);
            partition.remove(place, item);
          } else if (!placed.has(at)) {
            placed.set(at, { place, item });
            partition.insert(place, item);
          }
        }
        expect(partition.stretch(asked)).toEqual(slowly([...placed.values()], asked));
      }),
    );
  });
});

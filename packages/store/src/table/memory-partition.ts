import type { Key } from "../keys.ts";
import type { Item, Stretch } from "./table.ts";

/** The items of one partition, of the table or of an index, in the order of their places there; at one place by key. */
export interface Partition {
  insert(place: string, item: Item): void;
  remove(place: string, key: Key): void;
  /** Those of a stretch, both ends included, as many as its limit. */
  stretch(stretch: Pick<Stretch, "from" | "until" | "descending" | "limit">): Item[];
}

/** A partition in memory, kept in order: what is asked of it costs as much as it gives, however full it is. */
export function openPartition(): Partition {
  const places: string[] = [];
  const items: Item[] = [];

  /** How many stand before a place, or before a key at that place. */
  function before(place: string, key?: Key): number {
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(middle, place, key)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function isBefore(at: number, place: string, key: Key | undefined): boolean {
    const there = places[at] as string;
    if (there !== place) return there < place;
    const item = items[at];
    if (key === undefined || item === undefined) return false;
    return item.pk < key.pk || (item.pk === key.pk && item.sk < key.sk);
  }

  return {
    insert(place, item) {
      const at = before(place, item);
      places.splice(at, 0, place);
      items.splice(at, 0, item);
    },
    remove(place, key) {
      const at = before(place, key);
      if (places[at] !== place || items[at]?.pk !== key.pk || items[at]?.sk !== key.sk) return;
      places.splice(at, 1);
      items.splice(at, 1);
    },
    stretch({ from, until, descending, limit }) {
      const first = from === undefined ? 0 : before(from);
      let last = until === undefined ? places.length : before(until);
      while (until !== undefined && places[last] === until) last += 1;
      if (descending !== true) return items.slice(first, Math.min(last, first + limit));
      return items.slice(Math.max(first, last - limit), Math.max(first, last)).reverse();
    },
  };
}

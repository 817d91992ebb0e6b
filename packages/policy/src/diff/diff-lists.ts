/** How two lists of named things differ. */
export interface ListDifference<Item> {
  readonly added: readonly Item[];
  readonly removed: readonly Item[];
  /** What is in both, the old and the new. */
  readonly kept: readonly (readonly [before: Item, after: Item])[];
  /** What is in both and stands elsewhere now, as few as can explain the new order. */
  readonly moved: readonly Item[];
}

/** The difference of two lists of things that each have a name of their own. */
export function diffLists<Item>(
  before: readonly Item[],
  after: readonly Item[],
  nameOf: (item: Item) => string,
): ListDifference<Item> {
  const old = new Map(before.map((item) => [nameOf(item), item]));
  const names = new Set(after.map(nameOf));
  const kept = after.flatMap((item) => {
    const was = old.get(nameOf(item));
    return was === undefined ? [] : [[was, item] as const];
  });
  const places = kept.map(([was]) => before.indexOf(was));
  const inOrder = new Set(longestRising(places));
  return {
    added: after.filter((item) => !old.has(nameOf(item))),
    removed: before.filter((item) => !names.has(nameOf(item))),
    kept,
    moved: kept.filter((_, at) => !inOrder.has(places[at] ?? -1)).map(([, item]) => item),
  };
}

/** The most numbers of a list that rise in it, in order. */
function longestRising(numbers: readonly number[]): number[] {
  const best: number[][] = [];
  for (const number of numbers) {
    const longest = best
      .filter((rising) => (rising.at(-1) ?? -1) < number)
      .reduce<number[]>((most, rising) => (rising.length > most.length ? rising : most), []);
    best.push([...longest, number]);
  }
  return best.reduce<number[]>((most, rising) => (rising.length > most.length ? rising : most), []);
}

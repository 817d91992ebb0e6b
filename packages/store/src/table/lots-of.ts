/** All of a list in lots of at most a size, in their order. */
export function lotsOf<One>(all: readonly One[], size: number): One[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_none, lot) => all.slice(lot * size, (lot + 1) * size));
}

/** How many years of one calendar are kept in memory at a time: about 7 KB each for a five-day week. */
export const YEARS_KEPT = 64;

/** Remembers what was computed for a year; the one computed first is forgotten when too many are kept. */
export function byYear<Value>(compute: (year: number) => Value): (year: number) => Value {
  const kept = new Map<number, Value>();

  return (year) => {
    const known = kept.get(year);
    if (known !== undefined) {
      return known;
    }
    const value = compute(year);
    if (kept.size >= YEARS_KEPT) {
      for (const oldest of kept.keys()) {
        kept.delete(oldest);
        break;
      }
    }
    kept.set(year, value);
    return value;
  };
}

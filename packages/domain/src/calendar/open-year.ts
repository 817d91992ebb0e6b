/**
 * One UTC year of open time: sorted, disjoint, non-empty periods with running totals. A period that runs over the end
 * of a year is cut there and goes on at the beginning of the next one.
 */
export type OpenYear = {
  /** When each period opens, epoch milliseconds. */
  readonly opens: Float64Array;
  /** When each period closes, epoch milliseconds. */
  readonly closes: Float64Array;
  /** Open milliseconds of the year before each period; one entry more than periods, the last is the year's total. */
  readonly before: Float64Array;
};

/** A stretch of open time, [opensMs, closesMs) in epoch milliseconds. */
export type Stretch = { readonly opensMs: number; readonly closesMs: number };

/** Cuts the stretches to [fromMs, untilMs), joins those that touch or overlap, drops empty ones, and adds them up. */
export function openYear(stretches: Iterable<Stretch>, fromMs: number, untilMs: number): OpenYear {
  const joined = joinStretches(stretches, fromMs, untilMs);
  const opens = new Float64Array(joined.length);
  const closes = new Float64Array(joined.length);
  const before = new Float64Array(joined.length + 1);
  let total = 0;
  joined.forEach(([opensMs, closesMs], index) => {
    opens[index] = opensMs;
    closes[index] = closesMs;
    total += closesMs - opensMs;
    before[index + 1] = total;
  });
  return { opens, closes, before };
}

function joinStretches(stretches: Iterable<Stretch>, fromMs: number, untilMs: number): [number, number][] {
  const sorted: [number, number][] = [];
  for (const { opensMs, closesMs } of stretches) {
    const opens = Math.max(opensMs, fromMs);
    const closes = Math.min(closesMs, untilMs);
    if (opens < closes) {
      sorted.push([opens, closes]);
    }
  }
  sorted.sort((a, b) => a[0] - b[0]);

  const joined: [number, number][] = [];
  for (const stretch of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && stretch[0] <= last[1]) {
      last[1] = Math.max(last[1], stretch[1]);
    } else {
      joined.push(stretch);
    }
  }
  return joined;
}

/** The open milliseconds of the whole year. */
export function totalOf(year: OpenYear): number {
  return at(year.before, year.opens.length);
}

/** The open milliseconds of the year before an instant. */
export function openMsBefore(year: OpenYear, atMs: number): number {
  const index = lastAtOrBelow(year.opens, year.opens.length, atMs);
  if (index < 0) {
    return 0;
  }
  const spent = Math.min(atMs, at(year.closes, index)) - at(year.opens, index);
  return at(year.before, index) + spent;
}

/** The first index below `count` whose value is at least `value`; `count` when there is none. */
export function firstAtOrAbove(sorted: Float64Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(sorted, middle) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The last index below `count` whose value is at most `value`; -1 when there is none. */
export function lastAtOrBelow(sorted: Float64Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(sorted, middle) <= value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

/** The entry at an index that is known to be there. */
export function at(values: Float64Array, index: number): number {
  return values[index] as number;
}

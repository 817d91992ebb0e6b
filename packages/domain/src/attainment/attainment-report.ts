import type { CountedCycle } from "./counted-cycles.ts";

/** What attainment is told by. */
export const ATTAINMENT_DIMENSIONS = ["metric", "priority", "team", "package", "month"] as const;
export type AttainmentDimension = (typeof ATTAINMENT_DIMENSIONS)[number];

/** So many months a report covers at most. */
export const ATTAINMENT_MONTHS_MAX = 36;

/** So many rows a report that a desk answers has at most. */
export const ATTAINMENT_ROWS_MAX = 5_000;

/** How many months [from, to] are, both "2026-01" and both counted; less than one when `to` comes first. */
export function countMonths(from: string, to: string): number {
  return monthNumber(to) - monthNumber(from) + 1;
}

function monthNumber(month: string): number {
  const [year = 0, inYear = 0] = month.split("-").map(Number);
  return year * 12 + inYear;
}

/** Stands for a dimension that a case had no value of: no package, no priority yet. */
export const NO_VALUE = "(none)";

/** How many cycles came out how. */
export interface AttainmentCount {
  readonly met: number;
  readonly breached: number;
  /** Broken promises that were excused; in no percentage. */
  readonly waived: number;
}

/** The cycles that share the values of the dimensions asked for, in the order in which they were asked for. */
export interface AttainmentRow extends AttainmentCount {
  readonly of: readonly string[];
  readonly percentMet: number | undefined;
}

/** Attainment in a range of months, [from, to], both "2026-01" and both counted, on the wall of a zone. */
export interface AttainmentReport {
  readonly from: string;
  readonly to: string;
  readonly by: readonly AttainmentDimension[];
  /** How many cases had one of them; counters that a desk keeps do not know. */
  readonly cases?: number;
  readonly rows: readonly AttainmentRow[];
  readonly total: AttainmentCount & { readonly percentMet: number | undefined };
}

/** The rows of a report with the values of their dimensions by name. */
export function namedRows({ by, rows }: Pick<AttainmentReport, "by" | "rows">): NamedAttainmentRow[] {
  return rows.map(({ of, percentMet: percent, ...count }) => ({
    ...Object.fromEntries(by.map((dimension, at) => [dimension, of[at]])),
    ...count,
    ...(percent !== undefined && { percentMet: percent }),
  }));
}

/** A row with the values of its dimensions by name: those that the report is by. */
export type NamedAttainmentRow = AttainmentCount & {
  readonly percentMet?: number;
} & { readonly [Dimension in AttainmentDimension]?: string };

/** Percent of cycles met, to a tenth, of those met or broken; excused ones are left out. Undefined where there is none. */
export function percentMet({ met, breached }: Pick<AttainmentCount, "met" | "breached">): number | undefined {
  if (met + breached === 0) return undefined;
  // Rounded down: 99.96 % is not all of them.
  return Math.floor((1_000 * met) / (met + breached)) / 10;
}

/** So many cycles came out so, with the same values of every dimension. */
export interface CountedTogether extends AttainmentCount {
  readonly metric: string;
  readonly priority?: string | undefined;
  readonly team?: string | undefined;
  readonly package?: string | undefined;
  /** Such as "2026-11". */
  readonly month: string;
}

/** What a report is asked for. */
export type AttainmentAsked = Pick<AttainmentReport, "from" | "to" | "by">;

/** Sums up what was counted into a report, in whatever order it comes; what is out of the range is left out. */
export function sumAttainment(asked: AttainmentAsked): {
  /** Whether it was in the range. */
  add(counted: CountedTogether): boolean;
  report(): Omit<AttainmentReport, "cases">;
} {
  const rows = new Map<string, { of: string[]; count: Mutable }>();
  const total: Mutable = { met: 0, breached: 0, waived: 0 };

  return {
    add: (counted) => {
      if (counted.month < asked.from || counted.month > asked.to) return false;
      const of = asked.by.map((dimension) => counted[dimension] ?? NO_VALUE);
      const key = JSON.stringify(of);
      const row = rows.get(key) ?? { of, count: { met: 0, breached: 0, waived: 0 } };
      rows.set(key, row);
      for (const outcome of OUTCOMES) {
        row.count[outcome] += counted[outcome];
        total[outcome] += counted[outcome];
      }
      return true;
    },
    report: () => ({
      ...asked,
      rows: Array.from(rows.values(), ({ of, count }) => ({ of, ...count, percentMet: percentMet(count) })).toSorted(
        (a, b) => inOrder(a.of, b.of),
      ),
      total: { ...total, percentMet: percentMet(total) },
    }),
  };
}

/**
 * Counts case by case; in whatever order cases come, the report is the same. `monthOf` gives the month of an instant,
 * as "2026-01", in the zone of the report.
 */
export function countAttainment(
  asked: AttainmentAsked,
  monthOf: (at: CountedCycle["at"]) => string,
): { add(cycles: readonly CountedCycle[]): void; report(): AttainmentReport } {
  const sum = sumAttainment(asked);
  let cases = 0;

  return {
    add: (cycles) => {
      const inRange = cycles.filter((cycle) =>
        sum.add({ ...cycle, month: monthOf(cycle.at), ...NONE, [cycle.outcome]: 1 }),
      );
      if (inRange.length > 0) cases += 1;
    },
    report: () => ({ ...sum.report(), cases }),
  };
}

const OUTCOMES = ["met", "breached", "waived"] as const satisfies readonly (keyof AttainmentCount)[];
const NONE: AttainmentCount = { met: 0, breached: 0, waived: 0 };

type Mutable = { -readonly [Name in keyof AttainmentCount]: number };

function inOrder(a: readonly string[], b: readonly string[]): number {
  for (const [at, value] of a.entries()) {
    const other = b[at] ?? "";
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}

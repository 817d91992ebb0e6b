import type { CountedCycle } from "./counted-cycles.ts";

/** What attainment is told by. */
export const ATTAINMENT_DIMENSIONS = ["metric", "priority", "team", "package", "month"] as const;
export type AttainmentDimension = (typeof ATTAINMENT_DIMENSIONS)[number];

/** So many months a report covers at most. */
export const ATTAINMENT_MONTHS_MAX = 36;

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
  readonly cases: number;
  readonly rows: readonly AttainmentRow[];
  readonly total: AttainmentCount & { readonly percentMet: number | undefined };
}

/** Percent of cycles met, to a tenth, of those met or broken; excused ones are left out. Undefined where there is none. */
export function percentMet({ met, breached }: Pick<AttainmentCount, "met" | "breached">): number | undefined {
  if (met + breached === 0) return undefined;
  // Rounded down: 99.96 % is not all of them.
  return Math.floor((1_000 * met) / (met + breached)) / 10;
}

/**
 * Counts case by case; in whatever order cases come, the report is the same. `monthOf` gives the month of an instant,
 * as "2026-01", in the zone of the report.
 */
export function countAttainment(
  asked: Pick<AttainmentReport, "from" | "to" | "by">,
  monthOf: (at: CountedCycle["at"]) => string,
): { add(cycles: readonly CountedCycle[]): void; report(): AttainmentReport } {
  const rows = new Map<string, { of: string[]; count: Mutable }>();
  const total: Mutable = { met: 0, breached: 0, waived: 0 };
  let cases = 0;

  function addCycle(cycle: CountedCycle, month: string): void {
    const of = asked.by.map((dimension) => (dimension === "month" ? month : cycle[dimension]) ?? NO_VALUE);
    const key = JSON.stringify(of);
    const row = rows.get(key) ?? { of, count: { met: 0, breached: 0, waived: 0 } };
    rows.set(key, row);
    row.count[cycle.outcome] += 1;
    total[cycle.outcome] += 1;
  }

  return {
    add: (cycles) => {
      const inRange = cycles
        .map((cycle) => ({ cycle, month: monthOf(cycle.at) }))
        .filter(({ month }) => month >= asked.from && month <= asked.to);
      for (const { cycle, month } of inRange) addCycle(cycle, month);
      if (inRange.length > 0) cases += 1;
    },
    report: () => ({
      ...asked,
      cases,
      rows: Array.from(rows.values(), ({ of, count }) => ({ of, ...count, percentMet: percentMet(count) })).toSorted(
        (a, b) => inOrder(a.of, b.of),
      ),
      total: { ...total, percentMet: percentMet(total) },
    }),
  };
}

type Mutable = { -readonly [Name in keyof AttainmentCount]: number };

function inOrder(a: readonly string[], b: readonly string[]): number {
  for (const [at, value] of a.entries()) {
    const other = b[at] ?? "";
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}

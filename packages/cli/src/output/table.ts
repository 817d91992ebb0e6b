import type { Terminal } from "../world.ts";
import { printableLine } from "./printable.ts";

/** A column of a table: its head, and a cell for people and one for programs. */
export interface Column<Row> {
  readonly head: string;
  /** What a person reads. */
  readonly cell: (row: Row) => string;
  /** What a program reads, where that differs: exact instants, bare codes. */
  readonly raw?: (row: Row) => string;
}

const GAP = "  ";

/**
 * Writes rows as a table on a terminal, cut to its width in the last column; piped, as lines of tab-separated cells
 * without a head.
 */
export function writeTable<Row>(out: Terminal, columns: readonly Column<Row>[], rows: readonly Row[]): void {
  if (!out.isTerminal) {
    for (const row of rows)
      out.write(`${columns.map(({ raw, cell }) => printableLine((raw ?? cell)(row))).join("\t")}\n`);
    return;
  }
  const cells = [
    columns.map(({ head }) => head),
    ...rows.map((row) => columns.map(({ cell }) => printableLine(cell(row)))),
  ];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  for (const line of cells) {
    const padded = line
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join(GAP)
      .trimEnd();
    out.write(`${cut(padded, out.columns)}\n`);
  }
}

function cut(line: string, columns: number): string {
  return line.length <= columns ? line : `${line.slice(0, Math.max(columns - 1, 1))}…`;
}

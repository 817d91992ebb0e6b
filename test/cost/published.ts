import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CostLine, totalOf } from "./price-case.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** A page of the documentation, by its path from the root. */
export function pageOf(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** The rows of the first table under a line that begins so, without its head. */
export function tableUnder(page: string, begin: string): string[] {
  const lines = page.split("\n").map((line) => line.trim());
  const start = lines.findIndex((line) => line.startsWith(begin));
  if (start < 0) throw new Error(`no line begins with ${begin}`);
  const table = lines.slice(start).findIndex((line) => line.startsWith("|--") || line.startsWith("|:--"));
  const rows = lines.slice(start + table + 1);
  return rows.slice(
    0,
    rows.findIndex((line) => !line.startsWith("|")),
  );
}

/** A bill as the rows of a table: the dearest first, dollars to so many digits, the sum at the end. */
export function rowsOf(lines: readonly CostLine[], digits: number): string[] {
  const count = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });
  const dearestFirst = lines.toSorted((a, b) => b.dollars - a.dollars);
  return [
    ...dearestFirst.map(
      (one) =>
        `| ${one.what} | ${one.count === 0 ? "" : `${count.format(one.count)} `}| ${one.dollars.toFixed(digits)} |`,
    ),
    `| **sum** | | **${totalOf(lines).toFixed(digits)}** |`,
  ];
}

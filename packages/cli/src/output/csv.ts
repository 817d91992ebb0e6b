/** What makes a spreadsheet take a cell for a formula (OWASP, CSV Injection); full-width forms are taken for them too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NEEDS_MARKS = /[",\r\n]/;

/**
 * A record of a CSV text (RFC 4180), with its line end. A text that a spreadsheet would take for a formula gets an
 * apostrophe in front, which it shows as text; a number is left alone.
 */
export function csvRecord(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: string | number): string {
  if (typeof cell === "number") return String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return NEEDS_MARKS.test(safe) || safe !== cell ? `"${safe.replaceAll('"', '""')}"` : safe;
}

import { Failure } from "../failure.ts";

/** Rows of a CSV text (RFC 4180) by the names in its first line. Throws a Failure that names the line that is wrong. */
export function readCsv(text: string, path: string): { line: number; row: Readonly<Record<string, string>> }[] {
  const [head, ...records] = recordsOf(text.replace(/^\ufeff/, ""), path);
  if (head === undefined) throw new Failure(`${path} is empty.`);
  const names = head.fields.map((name) => name.trim());
  return records
    .filter(({ fields }) => fields.some((field) => field !== ""))
    .map(({ line, fields }) => {
      if (fields.length > names.length) throw new Failure(`${path}:${line}: there are more fields than names.`);
      return { line, row: Object.fromEntries(names.map((name, at) => [name, fields[at]?.trim() ?? ""])) };
    });
}

interface CsvRecord {
  readonly line: number;
  readonly fields: string[];
}

/** A field in quotation marks may hold commas, line ends, and quotation marks that are doubled. */
function recordsOf(text: string, path: string): CsvRecord[] {
  const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
  const records: CsvRecord[] = [];
  let record: CsvRecord = { line: 1, fields: [] };
  let line = 1;
  while (FIELD.lastIndex < text.length) {
    const found = FIELD.exec(text);
    if (found === null) throw new Failure(`${path}:${line}: a quotation mark stands where none may.`);
    const [whole, quoted, plain = "", end] = found;
    record.fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (end === ",") continue;
    records.push(record);
    record = { line, fields: [] };
  }
  if (record.fields.length > 0) records.push({ ...record, fields: [...record.fields, ""] });
  return records;
}

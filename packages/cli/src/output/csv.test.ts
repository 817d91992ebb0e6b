import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv } from "../ops/read-csv.ts";
import { csvRecord } from "./csv.ts";

describe("a CSV record", () => {
  test.each([
    ["=1+1", `"'=1+1"`],
    ["+1", `"'+1"`],
    ["-1", `"'-1"`],
    ["@SUM(A1)", `"'@SUM(A1)"`],
    ["\t=1", `"'\t=1"`],
    ["\r=1", `"'\r=1"`],
    ["\n=1", `"'\n=1"`],
    ["＝1", `"'＝1"`],
    [`=HYPERLINK("http://x","y")`, `"'=HYPERLINK(""http://x"",""y"")"`],
  ])("disarms %j, which a spreadsheet would take for a formula", (cell, written) => {
    expect(csvRecord([cell, "main"])).toBe(`${written},main\r\n`);
  });

  test("leaves numbers and harmless words alone", () => {
    expect(csvRecord(["main", "first-response", -1.5, "(none)", "a=b"])).toBe(
      "main,first-response,-1.5,(none),a=b\r\n",
    );
  });

  test("is read again as it was written, but for the apostrophe", () => {
    const text = fc.string({ unit: fc.constantFrom(..."ab=+-@,\"\r\n\t'"), minLength: 1 }).map((one) => `x${one}x`);
    fc.assert(
      fc.property(text, text, (first, second) => {
        const written = csvRecord(["one", "two"]) + csvRecord([first, second]);
        expect(readCsv(written, "f.csv").map(({ row }) => row)).toEqual([{ one: first, two: second }]);
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv } from "./read-csv.ts";

const rows = (text: string) => readCsv(text, "f.csv").map(({ row }) => row);

describe("when a table is read", () => {
  test("names, quotation marks, commas and line ends are as spreadsheets write them", () => {
    expect(rows('\ufeffkind,name\r\naccount,"Lake, ""Side"""\r\nperson,"two\nlines"\r\n\r\nlast')).toEqual([
      { kind: "account", name: 'Lake, "Side"' },
      { kind: "person", name: "two\nlines" },
      { kind: "last", name: "" },
    ]);
  });

  test("a line that ends in a comma has an empty last field", () => {
    expect(rows("a,b\n1,")).toEqual([{ a: "1", b: "" }]);
  });

  test.each([
    ["a quotation mark inside a field", 'a,b\n1,x"y', "f.csv:2"],
    ["more fields than names", "a\n1\n1,2", "f.csv:3"],
    ["nothing", "", "f.csv is empty"],
  ])("%s is named by its line", (_, text, message) => {
    expect(() => readCsv(text, "f.csv")).toThrow(message);
  });

  test("whatever is written by the rules is read back", () => {
    const field = fc.string().map((one) => one.trim());
    fc.assert(
      fc.property(fc.array(fc.tuple(field, field), { minLength: 1 }), (pairs) => {
        const quoted = pairs.map((pair) => pair.map((one) => `"${one.replaceAll('"', '""')}"`).join(","));
        const read = rows(["a,b", ...quoted].join("\r\n"));
        const kept = pairs.filter(([a, b]) => a !== "" || b !== "");
        expect(read).toEqual(kept.map(([a, b]) => ({ a, b })));
      }),
    );
  });
});

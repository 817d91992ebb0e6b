import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineOfPointer } from "./line-of-pointer.ts";

const TEXT = `{
  "id": "a",
  "week": { "1": [
    ["08:00", "12:00"],
    ["11:00", "20:00"]
  ] },
  "a/b": { "}": "]",
    "\\"": 3 }
}`;

describe("the line of a field", () => {
  test.each([
    ["", 1],
    ["/id", 2],
    ["/week", 3],
    ["/week/1/0", 4],
    ["/week/1/1/1", 5],
    ["/a~1b", 7],
    ["/a~1b/}", 7],
    ['/a~1b/"', 8],
    ["/week/1/9", 3],
    ["/absent", 1],
  ])("%s is %i", (pointer, line) => expect(lineOfPointer(TEXT, pointer)).toBe(line));

  test("is found in any JSON: each value's line is that of its own mark", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), fc.nat({ max: 1 }), (before, indent) => {
        const text = JSON.stringify({ ...before, list: [before, { marked: "THE MARK" }] }, null, indent * 2);
        const line = text.slice(0, text.lastIndexOf('"THE MARK"')).split("\n").length;
        expect(lineOfPointer(text, "/list/1/marked")).toBe(line);
      }),
    );
  });
});

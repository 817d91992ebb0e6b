import { describe, expect, test } from "vitest";
import { replaceMarked } from "./calendar-documents.ts";
import { renderHolidayTable } from "./render-holiday-table.ts";

describe("a text between marks of a document", () => {
  test("is replaced, and nothing else", () => {
    const document = "a\n<!-- x -->\nold\n<!-- end of x -->\nb";
    expect(replaceMarked(document, "x", "new")).toBe("a\n<!-- x -->\nnew\n<!-- end of x -->\nb");
  });

  test.each(["nothing", "<!-- x -->", "<!-- end of x -->"])("needs both marks: %j", (document) => {
    expect(() => replaceMarked(document, "x", "new")).toThrow("the document has no <!-- x --> and <!-- end of x -->");
  });
});

describe("a table of holidays", () => {
  test("has a row for each name and a column for each year", () => {
    const entry = (on: string, name: string) => ({ on, name, source: { kind: "hand" as const } });
    const calendar = {
      id: "c",
      version: 1,
      name: "C",
      zone: "UTC",
      week: {},
      holidays: [
        entry("2025-12-25", "Christmas"),
        entry("2026-01-01", "New Year"),
        entry("2027-01-01", "New Year"),
        entry("2027-01-04", "New Year"),
      ],
    };
    expect(renderHolidayTable(calendar, { from: 2026, to: 2027 })).toBe(
      [
        "| holiday  | 2026  | 2027         |",
        "| -------- | ----- | ------------ |",
        "| New Year | 01-01 | 01-01, 01-04 |",
      ].join("\n"),
    );
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

/** The packages that are reached from a file of this folder over relative imports, and how many files were read. */
function reach(door: string): { files: number; packages: string[] } {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const ahead = [new URL(door, import.meta.url)];
  for (let file = ahead.pop(); file !== undefined; file = ahead.pop()) {
    if (seen.has(file.href)) continue;
    seen.add(file.href);
    if (!file.pathname.endsWith(".ts")) continue;
    for (const [, from = ""] of readFileSync(file, "utf8").matchAll(/^(?:import|export)\b[^;]*?from "(.*?)"/gm)) {
      if (from.startsWith(".")) ahead.push(new URL(from, file));
      else packages.add(from);
    }
  }
  return { files: seen.size, packages: [...packages].sort() };
}

describe("what each door of this package brings along", () => {
  test("the main one: no holidays of the world, no reader or writer of feeds", () => {
    const { files, packages } = reach("index.ts");
    expect(files).toBeGreaterThan(5);
    expect(packages).toEqual(["@ithaca/domain", "zod/mini"]);
  });

  test("publishing: the writer of feeds", () => {
    expect(reach("publish.ts").packages).toEqual(["@ithaca/domain", "ical-generator", "zod/mini"]);
  });

  test("recounting: nothing", () => {
    expect(reach("recount.ts").packages).toEqual(["@ithaca/domain"]);
  });

  test("trying on cases, and telling what an edit changes: nothing that is not in the main one", () => {
    expect(reach("cases.ts").packages).toEqual(["@ithaca/domain", "zod/mini"]);
    expect(reach("diff.ts").packages).toEqual(["@ithaca/domain"]);
  });

  test("applying: the holidays of the world and the reader of feeds", () => {
    expect(reach("apply.ts").packages).toEqual(expect.arrayContaining(["date-holidays", "node-ical"]));
  });
});

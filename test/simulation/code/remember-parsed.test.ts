import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { rememberParsed } from "./remember-parsed.ts";

const ZOD_PARSERS = createRequire(import.meta.url)
  .resolve("zod/v4/core")
  .replace(/index\.(c?js)$/, "parse.js");

/** Parsers that are written as zod's are, and give a new object each time. */
const SOURCE = ["parse", "decode", "safeDecode"]
  .map((name) => `export const ${name} = /* @__PURE__*/ _${name}(errors.$ZodRealError);`)
  .concat(
    "const errors = {};",
    "function _parse() { return (schema, value) => ({ schema, value: { ...value } }); }",
    "const _decode = _parse, _safeDecode = _parse;",
  )
  .reverse()
  .join("\n");

interface Parsers {
  decode(schema: string, value: object, ctx?: object): { schema: string; value: object };
}

async function parsers(): Promise<Parsers> {
  return import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(rememberParsed(SOURCE))}`);
}

const deeplyFrozen = () => Object.freeze({ of: Object.freeze({ a: 1 }) });

describe("zod in a bundle of the simulation", () => {
  it("gives what it gave of the same frozen value under the same schema, and nobody can change it", async () => {
    const { decode } = await parsers();
    const value = deeplyFrozen();
    const first = decode("case", value);
    expect(first).toEqual({ schema: "case", value: { of: { a: 1 } } });
    expect(decode("case", value)).toBe(first);
    expect(Object.isFrozen(first.value)).toBe(true);
  });

  it("parses anew what is another value, under another schema or in the other direction", async () => {
    const { decode } = await parsers();
    const value = deeplyFrozen();
    const first = decode("case", value);
    expect(decode("case", deeplyFrozen())).not.toBe(first);
    expect(decode("listed", value).schema).toBe("listed");
    expect(decode("case", value, { direction: "backward" })).not.toBe(first);
  });

  it("remembers nothing of a value that can still change", async () => {
    const { decode } = await parsers();
    const open = { of: { a: 1 } };
    const shallow = Object.freeze({ of: { a: 1 } });
    for (const value of [open, shallow]) expect(decode("case", value)).not.toBe(decode("case", value));
  });

  it("knows the parsers of the zod that is installed, and says so when they are written otherwise", () => {
    const source = readFileSync(ZOD_PARSERS, "utf8");
    expect(rememberParsed(source).match(/= remembering\(/g)).toHaveLength(3);
    expect(() => rememberParsed("export const parse = 1;")).toThrow(/no parser that is written as: export const parse/);
  });
});

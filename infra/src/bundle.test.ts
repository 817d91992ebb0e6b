import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { bundleFunctions, functionSources } from "./bundle.ts";

/** Lambda reads the whole of a bundle, the SDK included, at each cold start. */
const BUNDLE_MAX_BYTES = 600_000;

const names = functionSources().map(({ name }) => name);
const bundles = new Map<string, string>();

beforeAll(async () => {
  for (const [name, folder] of await bundleFunctions()) bundles.set(name, join(folder, "index.mjs"));
});

describe("the bundle of", () => {
  test.each(names)("%s is one module of a bounded size with a handler", (name) => {
    const bundle = bundles.get(name) ?? "";
    expect(statSync(bundle).size).toBeLessThan(BUNDLE_MAX_BYTES);
    expect(/export\{[^}]*\bas handler\b/.test(readFileSync(bundle, "utf8"))).toBe(true);
  });

  test.each(names)("%s looks for credentials nowhere but in the environment", (name) => {
    const text = readFileSync(bundles.get(name) ?? "", "utf8");
    const sources = ["AWS_SESSION_TOKEN", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "sso_session"];
    const found = sources.filter((source) => text.includes(source));
    // A function that asks AWS for nothing looks nowhere.
    expect(found).toEqual(found.length === 0 ? [] : ["AWS_SESSION_TOKEN"]);
  });
});

test("most functions ask AWS for something", () => {
  const asking = names.filter((name) => readFileSync(bundles.get(name) ?? "", "utf8").includes("AWS_SESSION_TOKEN"));
  expect(asking.length).toBeGreaterThan(names.length / 2);
});

describe("a function on disk", () => {
  test("is named by its manifest and has its handler beside it", () => {
    expect(names.length).toBeGreaterThan(10);
    expect(new Set(names).size).toBe(names.length);
    for (const { handler } of functionSources()) expect(existsSync(handler)).toBe(true);
  });
});

describe("bundling twice", () => {
  test("leaves what is the same untouched, for somebody may be reading it", async () => {
    const written = names.map((name) => statSync(bundles.get(name) ?? "").mtimeMs);
    await bundleFunctions();
    expect(names.map((name) => statSync(bundles.get(name) ?? "").mtimeMs)).toEqual(written);
  });
});

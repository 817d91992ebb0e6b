import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { isInstalled } from "./node-packages.mjs";

const WANTED = {
  "": { name: "desk" },
  "packages/domain": { version: "0.1.0" },
  "node_modules/@desk/domain": { link: true },
  "node_modules/zod": { version: "4.6.7" },
  "node_modules/linux-only": { version: "1.0.0", optional: true },
};

const parent = mkdtempSync(join(tmpdir(), "installed-"));
afterAll(() => rmSync(parent, { recursive: true }));

/** A project folder with a lockfile and, if given, the lockfile that npm leaves in node_modules. */
function project(present) {
  const root = mkdtempSync(join(parent, "project-"));
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages: WANTED }));
  if (present) {
    mkdirSync(join(root, "node_modules"));
    writeFileSync(join(root, "node_modules", ".package-lock.json"), JSON.stringify({ packages: present }));
  }
  return root;
}

describe("whether the npm packages are installed", () => {
  test.each([
    ["no node_modules at all", undefined, false],
    ["a package is missing", {}, false],
    ["a package has another version", { "node_modules/zod": { version: "4.6.6" } }, false],
    ["all are there but an optional one", { "node_modules/zod": { version: "4.6.7" } }, true],
  ])("%s", (_, present, expected) => {
    expect(isInstalled(project(present))).toBe(expected);
  });

  test("without a lockfile nobody can say", () => {
    expect(() => isInstalled(parent)).toThrow("package-lock.json is missing");
  });
});

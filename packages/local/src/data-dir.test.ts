import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openDataDir } from "./data-dir.ts";

const parent = mkdtempSync(join(tmpdir(), "data-dir-"));
afterAll(() => rmSync(parent, { recursive: true }));

const newFolder = (): string => mkdtempSync(join(parent, "desk-"));

describe("a folder that a desk used before", () => {
  test("keeps mail and forgets logs", () => {
    const first = openDataDir(newFolder(), { fresh: false });
    writeFileSync(join(first.mail, "1.eml"), "mail");
    writeFileSync(join(first.logs, "deploy.log"), "log");
    first.release();

    const second = openDataDir(first.path, { fresh: false });
    expect(existsSync(join(second.mail, "1.eml"))).toBe(true);
    expect(existsSync(join(second.logs, "deploy.log"))).toBe(false);
  });

  test("forgets everything of the desk when it is to be fresh, and nothing else", () => {
    const first = openDataDir(newFolder(), { fresh: false });
    writeFileSync(join(first.mail, "1.eml"), "mail");
    writeFileSync(join(first.path, "notes.txt"), "mine");
    first.release();

    const second = openDataDir(first.path, { fresh: true });
    expect(existsSync(join(second.mail, "1.eml"))).toBe(false);
    expect(existsSync(join(second.path, "notes.txt"))).toBe(true);
  });
});

describe("a folder that is not a desk's", () => {
  test("is refused, and nothing in it is touched", () => {
    const folder = newFolder();
    writeFileSync(join(folder, "thesis.txt"), "mine");
    expect(() => openDataDir(folder, { fresh: true })).toThrow("not a desk's");
    expect(readFileSync(join(folder, "thesis.txt"), "utf8")).toBe("mine");
  });
});

describe("a folder on which another desk is running", () => {
  test("is refused with the process that uses it", () => {
    const folder = newFolder();
    // The process that started us is certainly running.
    writeFileSync(join(folder, "desk.pid"), String(process.ppid));
    expect(() => openDataDir(folder, { fresh: false })).toThrow(`process ${process.ppid}`);
  });

  test("may be taken over when that process has died", () => {
    const folder = newFolder();
    writeFileSync(join(folder, "desk.pid"), "999999999");
    expect(openDataDir(folder, { fresh: false }).path).toBe(folder);
  });
});

describe("the folder that functions are run from", () => {
  test("does not inherit the module system of the folders above", () => {
    const { scratch } = openDataDir(newFolder(), { fresh: false });
    expect(JSON.parse(readFileSync(join(scratch, "package.json"), "utf8"))).toEqual({ type: "commonjs" });
  });
});

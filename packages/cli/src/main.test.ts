import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..", "..");

test("what was compiled is kept beside the sources, and not among temporary files, where anybody could put it", () => {
  const temporary = mkdtempSync(join(tmpdir(), "ithaca-compiled-"));
  onTestFinished(() => rmSync(temporary, { recursive: true }));
  const env = { ...process.env, NODE_COMPILE_CACHE: undefined, TMPDIR: temporary };
  const main = join(import.meta.dirname, "main.ts");
  const { status, stdout } = spawnSync(process.execPath, [main, "--help"], { env, encoding: "utf8", timeout: 20_000 });
  expect([status, stdout]).toEqual([0, expect.stringContaining("ithaca login")]);
  expect(readdirSync(temporary)).toEqual([]);
  expect(existsSync(join(ROOT, ".build", "compiled"))).toBe(true);
});

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openDataDir } from "./data-dir.ts";
import { writeEnvironmentFile } from "./environment-file.ts";

describe("the file by which a shell finds the desk", () => {
  const folder = mkdtempSync(join(tmpdir(), "environment-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const dataDir = openDataDir(folder, { fresh: true });
  const awkward = 'http://127.0.0.1:1/$default/it\'s "here"';
  const file = writeEnvironmentFile(dataDir, { ITHACA_API: awkward, HOME: "/nowhere", PATH: "/nowhere" });

  test("a shell reads exactly what was written", () => {
    const read = execFileSync("/bin/sh", ["-c", `. '${file}'; printf %s "$ITHACA_API"`], { encoding: "utf8" });
    expect(read).toBe(awkward);
  });

  test("what is not the desk's stays what it was in that shell", () => {
    const read = execFileSync("/bin/sh", ["-c", `. '${file}'; printf %s "$HOME"`], { encoding: "utf8" });
    expect(read).toBe(process.env.HOME);
  });
});

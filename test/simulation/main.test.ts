import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

/** Runs one of the commands as npm does, once the project is installed. */
function run(file: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, file), ...args], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe.each([
  ["simulate", "main.ts", "--case-days N"],
  ["kill-tests", join("kill", "run.ts"), "npm run kill-tests"],
])("the command %s", (name, file, told) => {
  test("gives its help to whoever asks, and ends well", () => {
    const { status, stdout, stderr } = run(file, "--help");
    expect(stdout).toContain(told);
    expect(stdout).toContain("Exit codes: 0");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("refuses an option that there is not in one line, and ends with 2", () => {
    expect(run(file, "--nonsense")).toEqual({
      status: 2,
      stdout: "",
      stderr: `✗ Unknown option '--nonsense'. All options: npm run ${name} -- --help\n`,
    });
  });
});

import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { runIn } from "../fake-world.ts";

/** What bash would offer at the end of a line. */
async function offered(...words: string[]): Promise<string[]> {
  const { out } = await runIn(["completion", "bash"]);
  const line = `COMP_WORDS=(ithaca ${words.map((word) => `"${word}"`).join(" ")}); COMP_CWORD=${words.length}`;
  const script = `${out}\n${line}; _ithaca; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", script], { encoding: "utf8", timeout: 10_000 });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((one) => one !== "");
}

describe("when a shell asks what may come next", () => {
  test.each([
    [["ca"], ["case", "calendar"]],
    [
      ["case", "re"],
      ["reply", "resolve", "reopen", "remove-participant"],
    ],
    [["case", "list", "--vi"], ["--view"]],
    [["case", "view", "148203917", "--z"], ["--zone"]],
    [["watch", "--te"], ["--team"]],
    [["nonsense", "x"], []],
  ])("after %j it offers %j", async (words, expected) => {
    expect((await offered(...words)).sort()).toEqual([...expected].sort());
  });

  test("zsh gets the same words, in a script that it can read", async () => {
    const { out } = await runIn(["completion", "zsh"]);
    expect(out).toMatch(/^#compdef ithaca\n/);
    expect(out).toMatch(/"case list"\|"case list "\*\) next="[^"]*--view/);
    const { error, status, stderr } = spawnSync("zsh", ["-n"], { input: out, encoding: "utf8" });
    if (error === undefined) expect([status, stderr]).toEqual([0, ""]);
  });

  test("another shell is a mistake of use", async () => {
    expect((await runIn(["completion", "fish"])).exitCode).toBe(2);
  });
});

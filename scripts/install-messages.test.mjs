import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectEnvironment, ROOT, run } from "./child.mjs";
import { explainNpm } from "./node-packages.mjs";
import { explainMissingPython, explainPip, explainVenv, isNewEnough } from "./python-packages.mjs";

const DOOR = join(ROOT, "scripts", "run.cjs");

describe("a machine that lacks something is told what to install", () => {
  test.each([
    ["no npm", explainNpm({ code: 127, output: "" }), "npm is not on the PATH"],
    ["no network for npm", explainNpm({ code: 1, output: "npm error code ENOTFOUND" }), "needs a network"],
    ["npm without end", explainNpm({ code: 130, output: "", timedOut: true }), "took longer than"],
    ["a full disk", explainNpm({ code: 1, output: "ENOSPC: no space left" }), "no room on the disk"],
    ["no Python", explainMissingPython([]), "sudo apt-get install python3 python3-venv"],
    [
      "a Python that is named and not there",
      explainMissingPython([], "/opt/py"),
      "ITHACA_PYTHON is /opt/py, which is no",
    ],
    ["an old Python", explainMissingPython(["python3 is 3.8.1"]), "too old (python3 is 3.8.1)"],
    [
      "no venv module",
      explainVenv({ code: 1, output: "ensurepip is not available" }, "python3", [3, 11, 2]),
      "python3.11-venv",
    ],
    ["no network for pip", explainPip({ code: 1, output: "Temporary failure in name resolution" }), "needs a network"],
  ])("%s", (_, message, saying) => {
    expect(message).toContain(saying);
  });

  test.each([
    ["12.22.9", "Node 12.22.9 is too old: install Node 18 or later"],
    ["17.9.1", "Node 17.9.1 is too old"],
    ["18.0.0", 'There is no command "nonsense"'],
    ["24.21.0", 'There is no command "nonsense"'],
  ])("Node %s, in one line and without a stack trace", async (version, saying) => {
    const pretend = `Object.defineProperty(process.versions, "node", { value: "${version}" });`;
    const program = `${pretend} process.argv[2] = "nonsense"; require(${JSON.stringify(DOOR)});`;
    const { code, output } = await run("node", ["-e", program, "-"], { quiet: true, env: projectEnvironment() });
    expect(code).toBe(1);
    expect(output).toContain(saying);
    expect(output.trim().split("\n")).toHaveLength(1);
  });

  test("by a file that Node 12 can read: it knows no later syntax, and loads nothing at once", () => {
    expect(readFileSync(DOOR, "utf8")).not.toMatch(/\?\.|\?\?|\bawait\b|^import |\brequire\(|#\w+ ?[=(;]/m);
  });

  test.each([
    [[2, 7, 18], false],
    [[3, 9, 19], false],
    [[3, 10, 0], true],
    [[3, 14, 1], true],
  ])("Python %j: new enough is %s", (version, expected) => {
    expect(isNewEnough(version)).toBe(expected);
  });
});

describe("a failure that nobody foresaw", () => {
  test("shows the end of what the program said", () => {
    expect(explainNpm({ code: 9, output: "one\ntwo\n" })).toContain("one\ntwo");
  });
});

import { describe, expect, test } from "vitest";
import { Stop } from "./announce.mjs";
import { explainNpm, requireNode } from "./node-packages.mjs";
import { explainMissingPython, explainPip, explainVenv, isNewEnough } from "./python-packages.mjs";

describe("a machine that lacks something is told what to install", () => {
  test.each([
    ["no npm", explainNpm({ code: 127, output: "" }), "npm is not on the PATH"],
    ["no network for npm", explainNpm({ code: 1, output: "npm error code ENOTFOUND" }), "needs a network"],
    ["npm without end", explainNpm({ code: 130, output: "", timedOut: true }), "took longer than"],
    ["a full disk", explainNpm({ code: 1, output: "ENOSPC: no space left" }), "no room on the disk"],
    ["no Python", explainMissingPython([]), "sudo apt-get install python3 python3-venv"],
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
    ["16.20.0", true],
    ["18.0.0", false],
    ["24.21.0", false],
  ])("Node %s: stopped is %s", (version, stopped) => {
    if (stopped) expect(() => requireNode(version)).toThrow(Stop);
    else expect(() => requireNode(version)).not.toThrow();
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

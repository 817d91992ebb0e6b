import { describe, expect, test } from "vitest";
import { createSteps, StepFailed } from "./steps.ts";

function recorded() {
  const lines: string[] = [];
  return { lines, steps: createSteps((line) => lines.push(line)) };
}

describe("a step that succeeds", () => {
  test("is named before, and with its seconds after", async () => {
    const { lines, steps } = recorded();
    const result = await steps.run("digging", 5, async (say) => {
      say("half way");
      return 42;
    });
    expect(result).toBe(42);
    expect(lines).toEqual(["· digging …", "    half way", expect.stringMatching(/^✓ digging \(\d+\.\d s\)$/)]);
  });
});

describe("a step that fails", () => {
  test("is named with its reason, and is not said to be done", async () => {
    const { lines, steps } = recorded();
    const failing = steps.run("digging", 5, async () => {
      throw new Error("rock");
    });
    await expect(failing).rejects.toMatchObject({ name: "StepFailed", step: "digging", message: "rock" });
    expect(lines).toEqual(["· digging …"]);
  });

  test("within another step keeps its own name", async () => {
    const { steps } = recorded();
    const failing = steps.run("outer", 5, () => steps.run("inner", 5, () => Promise.reject(new Error("rock"))));
    await expect(failing).rejects.toMatchObject({ step: "inner" });
  });
});

describe("a step that does not end", () => {
  test("fails when its time is up", async () => {
    const { steps } = recorded();
    const endless = steps.run("waiting", 0.02, () => new Promise(() => {}));
    await expect(endless).rejects.toThrow(StepFailed);
    await expect(endless).rejects.toThrow("took longer than 0.02 s");
  });
});

import { getPriority } from "node:os";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { ROOT, run } from "./child.mjs";

const node = (program, how) => run(process.execPath, ["--input-type=module", "-e", program], { quiet: true, ...how });

describe("a child that gives way", () => {
  test.each([
    [5, Math.min(getPriority() + 5, 19)],
    [40, 19],
  ])("is nicer by %i than who started it, and nice at most", async (niceness, expected) => {
    const { code, output } = await node(
      `import { getPriority } from "node:os"; setTimeout(() => console.log(getPriority()), 100);`,
      { niceness },
    );
    expect([code, output.trim()]).toEqual([0, String(expected)]);
  });
});

describe("when somebody asks us to end while a child runs", () => {
  test("the child is asked too, and we know that nothing more is to begin", async () => {
    const program = `
      import { isToEnd, run } from "${ROOT}/scripts/child.mjs";
      setTimeout(() => process.kill(process.pid, "SIGINT"), 300);
      const { code } = await run("sleep", ["60"], { quiet: true });
      console.log(code, isToEnd());`;
    expect(await node(program, { timeoutSeconds: 20 })).toEqual({ code: 0, output: "130 true\n", timedOut: false });
  });
});

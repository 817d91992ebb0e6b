import { describe, expect, test } from "vitest";
import { readOptions } from "./options.ts";
import { replay } from "./replay.ts";
import { run } from "./run.ts";
import type { Teller } from "./teller.ts";

/** A mistake that a small world shows; with faults, and with a deploy of tomorrow's code, which has it too. */
const MUTANT = "clock-breach-at-the-due";
const BROKEN = ["--seed", "4", "--days", "1", "--stories", "6", "--mutant", MUTANT];

const LONG_MS = 300_000;

/** Told as a person and as a program are. */
function remembering(): Teller & { said: string[]; results: unknown[] } {
  const [said, results]: [string[], unknown[]] = [[], []];
  return { said, results, say: (text) => said.push(text), result: (value) => results.push(value) };
}

const optionsOf = (line: string) => readOptions(line.replace("npm run simulate -- ", "").split(" "));

interface Replayed {
  violations: { at: string; law: string; what: string; replay: string }[];
  shortest: { runs: number; isCut: boolean; replay: string; violations: { law: string }[]; stories: object[] };
}

async function replayed(line: string, ...more: string[]) {
  const teller = remembering();
  const code = await replay(optionsOf([line, "--json", ...more].join(" ")), teller);
  return { code, said: teller.said, result: teller.results[0] as Replayed };
}

describe("a violation in a world of any size", () => {
  test(
    "is told with the line that lives through it again, and so is the shortest history",
    async () => {
      const teller = remembering();
      expect(await run(readOptions([...BROKEN, "--json"]), teller)).toBe(0);
      const [told] = teller.results as [{ violations: Replayed["violations"]; caughtBy: string }];
      const [first] = told.violations;
      expect(told.caughtBy).toBe(first?.law);
      expect(teller.said.at(-1)).toContain(`caught ${MUTANT}: ${first?.law}: `);

      const again = await replayed(first?.replay ?? "");
      expect(again.code).toBe(1);
      expect([first]).toMatchObject(again.result.violations);
      expect(again.result.violations).toHaveLength(1);

      const { shortest } = again.result;
      expect(shortest.stories.length).toBeLessThan(6);
      expect(again.said.at(-1)).toBe(shortest.replay);
      const last = await replayed(shortest.replay, "--shrink-minutes", "0");
      expect(last.result.violations).toMatchObject(shortest.violations);
    },
    LONG_MS,
  );

  test("is not made shorter for longer than was asked", async () => {
    const { result, said } = await replayed(`--replay ${BROKEN.join(" ")}`, "--shrink-minutes", "0");
    expect(result.shortest).toMatchObject({ runs: 0, isCut: true });
    expect(said.some((text) => text.includes("--shrink-minutes 0"))).toBe(true);
  });
});

describe("a replay of what the world does not have", () => {
  test.each([
    ["99999", "the world has no story 99999, they are 0 to 5"],
    ["3:99", "story 3 has no step 99, they are 0"],
  ])("of --only %s is refused", async (only, what) => {
    await expect(replayed(`--replay ${BROKEN.join(" ")} --only ${only}`)).rejects.toThrow(what);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Fuzz, fuzz } from "./fuzz.ts";

/** Two methods that agree on every number below a thousand. */
const numbers: Fuzz<number> = {
  script: "fuzz:numbers",
  counted: "numbers",
  perExample: 1,
  arbitrary: fc.nat({ max: 100_000 }),
  agrees: (number) => number < 1_000,
  show: (number) => [`${number} is another`],
};

function run(args: string, what = numbers) {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = fuzz(args === "" ? [] : args.split(" "), what, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { exitCode, out, err };
}

describe("looking for what two methods do not agree on", () => {
  test("ends with the smallest example and the line that shows it again", () => {
    const { exitCode, out } = run("--n 5000 --seed 7");
    expect([exitCode, out[0]]).toEqual([1, "1000 is another"]);
    const [, line = ""] = /^again: npm run fuzz:numbers -- (--seed 7 --path [\d:]+)$/.exec(out[1] ?? "") ?? [];
    expect(run(line)).toEqual({ exitCode: 1, out, err: [] });
  });

  test("ends well when there is nothing, having compared as much as was asked for, and says how far it is", () => {
    const pairs = { ...numbers, perExample: 20, agrees: () => true };
    expect(run("--n 40010 --seed 3", pairs)).toEqual({
      exitCode: 0,
      out: ["40020 numbers, seed 3: no disagreement"],
      err: ["20000 numbers", "40000 numbers"],
    });
  });

  test("takes another seed each time when none is given, and says which", () => {
    expect(run("", { ...numbers, agrees: () => true }).out[0]).toMatch(/^50000 numbers, seed \d+: no disagreement$/);
  });

  test.each(["--n many", "--n 0", "--n -5", "--seed x", "--seed 1.5", "--fast", "numbers"])("refuses %s", (args) => {
    const { exitCode, out, err } = run(args);
    expect([exitCode, out]).toEqual([2, []]);
    expect(err).toEqual(["usage: npm run fuzz:numbers -- [--n NUMBERS] [--seed INTEGER] [--path PATH]"]);
  });
});

import { describe, expect, test } from "vitest";
import { readOptions, replayLine } from "./options.ts";

describe("the line that replays a violation", () => {
  test("is read as what it was written from", () => {
    const only = new Map([
      [3, undefined],
      [17, new Set([0, 2])],
    ]);
    const line = replayLine({
      seed: 8,
      calm: true,
      only,
      without: new Set(["crash", "outage"]),
      mutant: "some-mutant",
    });
    const options = readOptions(line.replace("npm run simulate -- ", "").split(" "));
    expect(options).toMatchObject({ seed: 8, calm: true, replay: true, only, mutant: "some-mutant" });
    expect([...options.without]).toEqual(["crash", "outage"]);
  });

  test.each([["--seed", "x"], ["--case-days", "1.5"], ["--only", "a:b"], ["--determinism", "all"], ["--nonsense"]])(
    "%s %s is refused",
    (...args) => {
      expect(() => readOptions(args)).toThrow();
    },
  );
});

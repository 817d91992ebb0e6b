import { describe, expect, test } from "vitest";
import { verdictTable } from "./verdict-table.ts";

describe("the table of verdicts", () => {
  test("counts what each law caught in each world, the busiest law first, and names what nobody caught", () => {
    const verdicts = [
      { law: "fold", world: 1 },
      { law: "owed", world: 2 },
      { law: "owed", world: 1 },
      { law: undefined, world: 2 },
    ];
    expect(verdictTable(verdicts, 2).map((line) => line.replaceAll(/ {2,}/g, " | "))).toEqual([
      "law | world 1 | world 2 | all",
      "owed | 1 | 1 | 2",
      "fold | 1 | 0 | 1",
      "none: survived | 0 | 1 | 1",
      "all | 2 | 2 | 4",
    ]);
  });
});

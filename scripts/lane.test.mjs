import { describe, expect, test } from "vitest";
import { runLane } from "./lane.mjs";

const part = (name) => ({ name });
const passing = { passed: 1, failed: 0, failures: [] };

/** A lane of which it is noted what begins and what ends. */
function lane(steps, isEnded = () => false) {
  const noted = [];
  const runPart = async ({ name }) => {
    noted.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 1));
    noted.push(`${name} ends`);
    return passing;
  };
  return { noted, counts: runLane(steps, runPart, () => isEnded(noted)) };
}

describe("a lane of the suite", () => {
  test("runs its steps one after the other, and the parts of a step at the same time", async () => {
    const { noted, counts } = lane([[part("types"), part("lint")], part("unit")]);
    expect(await counts).toEqual([passing, passing, passing]);
    expect(noted).toEqual(["types begins", "lint begins", "types ends", "lint ends", "unit begins", "unit ends"]);
  });

  test("begins no step after somebody asked it to end, and what it did not begin has failed", async () => {
    const { noted, counts } = lane([part("unit"), [part("deep"), part("journeys")]], (so) => so.length > 0);
    expect(await counts).toEqual([
      passing,
      { passed: 0, failed: 1, failures: ["deep was not begun"] },
      { passed: 0, failed: 1, failures: ["journeys was not begun"] },
    ]);
    expect(noted).toEqual(["unit begins", "unit ends"]);
  });
});

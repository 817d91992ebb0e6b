import { describe, expect, test } from "vitest";
import { remember } from "./remember.ts";

describe("a function that remembers two answers", () => {
  function counted() {
    const asked: string[] = [];
    const length = remember(2, (word: string) => {
      asked.push(word);
      return word.length;
    });
    return { asked, length };
  }

  test("works an answer out once", () => {
    const { asked, length } = counted();
    expect([length("seven"), length("seven")]).toEqual([5, 5]);
    expect(asked).toEqual(["seven"]);
  });

  test("forgets the oldest answer for a third, and keeps the others", () => {
    const { asked, length } = counted();
    ["one", "three", "seven", "three", "seven", "one"].map(length);
    expect(asked).toEqual(["one", "three", "seven", "one"]);
  });
});

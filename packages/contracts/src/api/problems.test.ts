import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { codeOf, PROBLEMS, Problem, type ProblemCode, problem } from "./problems.ts";

const codes = Object.keys(PROBLEMS) as ProblemCode[];

describe("every kind of no", () => {
  test("is seen by these checks", () => expect(codes.length).toBeGreaterThan(20));

  test.each(codes)("%s is a problem that can be told by its code", (code) => {
    const answer = problem(code);
    expect(z.parse(Problem, answer)).toEqual(answer);
    expect(codeOf(answer)).toBe(code);
    expect(answer.title.length * answer.detail.length).toBeGreaterThan(0);
  });
});

test("a better detail takes the place of the table's", () => {
  expect(problem("not-open", { detail: "The case was closed." }).detail).toBe("The case was closed.");
});

import { describe, expect, test } from "vitest";
import { shortenTargets } from "./shorten-targets.ts";

describe("a policy with short targets", () => {
  const policy = {
    version: 4,
    name: "Desk",
    targets: [{ id: "medium-response", length: { businessDays: 1 }, clock: "team-hours", warnings: [{ percent: 75 }] }],
  };

  test("differs in lengths and clocks, and in nothing else", () => {
    expect(shortenTargets(policy, 30)).toEqual({
      version: 4,
      name: "Desk",
      targets: [
        { id: "medium-response", length: { minutes: 0.5 }, clock: "round-the-clock", warnings: [{ percent: 75 }] },
      ],
    });
  });

  test.each([[undefined], ["text"], [{ version: 1 }]])("cannot be made of %j", (nothing) => {
    expect(() => shortenTargets(nothing, 30)).toThrow("no policy");
  });
});

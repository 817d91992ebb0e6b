import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { walkedCase } from "./walked-case.ts";

describe("the case that docs/sla.md walks through", () => {
  const { told, current } = walkedCase();
  const page = readFileSync(new URL("../../docs/sla.md", import.meta.url), "utf8");

  test.each(Object.entries(told))("is explained there as the engine explains it: %s", (_name, lines) => {
    expect(page).toContain(`\`\`\`\n${lines.join("\n")}\n\`\`\``);
  });

  test("ends as it says", () => {
    expect(Object.keys(told)).toHaveLength(5);
    expect(current.breaches).toMatchObject([{ metric: "next-response", cycle: 1, waived: true }]);
  });
});

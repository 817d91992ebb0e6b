import { instantOf } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { openExample } from "../contract/example-appends.ts";
import { exampleRules } from "../contract/example-rules.ts";
import { openMemoryStore } from "../open-memory-store.ts";
import { caseItem, listedOf } from "./case-item.ts";

const NOW = instantOf("2026-11-25T15:00:00Z");

/** A case that was warned about, as it is stored. */
async function warned() {
  const store = openMemoryStore({ clock: () => NOW, random: () => 0, shipped: exampleRules() });
  const { next, projection } = (await openExample(store)).append;
  const clocks = next.clocks.map((cycle) => ({ ...cycle, warnedPercent: 75 }));
  return { current: { ...next, clocks }, projection };
}

describe("a case in a list", () => {
  test("is at risk as its projection says, whatever its clocks are", async () => {
    const { current, projection } = await warned();
    for (const atRisk of [true, false]) {
      expect(listedOf(caseItem(current, { ...projection, atRisk }))).toMatchObject({ atRisk });
    }
  });

  test("that was written before that was kept, is at risk by its clocks", async () => {
    const { current, projection } = await warned();
    const { atRisk: _, ...before } = projection;
    expect(current.clocks.length).toBeGreaterThan(0);
    expect(listedOf(caseItem(current, before))).toMatchObject({ atRisk: true, dueAt: projection.dueAt });
    expect(listedOf(caseItem({ ...current, clocks: [] }, before))).toMatchObject({ atRisk: false });
  });

  test("shows nothing of what lists do not show", async () => {
    const { current, projection } = await warned();
    expect(Object.keys(listedOf(caseItem(current, projection)).case)).not.toContain("clocks");
  });
});

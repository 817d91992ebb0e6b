import { MINUTE_MS, plus } from "@ithaca/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openExample, START } from "../contract/example-appends.ts";
import { exampleRules } from "../contract/example-rules.ts";
import { openMemoryStore } from "../open-memory-store.ts";

const VIEW = { team: "main", category: "active" } as const;

/** When each case is due, how long a page is, and after each page: which case moves, and where to. */
const readings = fc.record({
  dues: fc.array(fc.option(fc.nat(20), { nil: undefined }), { minLength: 1, maxLength: 12 }),
  limit: fc.integer({ min: 1, max: 5 }),
  moves: fc.array(fc.record({ which: fc.nat(11), to: fc.nat(20) }), { maxLength: 6 }),
});

describe("while a list is read page by page and cases move in it", () => {
  test("a case that stays where it is comes exactly once, and the pages end", async () => {
    await fc.assert(
      fc.asyncProperty(readings, async ({ dues, limit, moves }) => {
        const store = openMemoryStore({ clock: () => START, random: () => 0, shipped: exampleRules() });
        const { cases } = store;
        const ids: string[] = [];
        const place = (id: string, due: number | undefined) => {
          const dueAt = due === undefined ? undefined : plus(START, due * MINUTE_MS);
          return cases.rewriteProjection(id, 1, { ...VIEW, atRisk: false, dueAt, wakeAt: undefined });
        };
        for (const due of dues) {
          const { caseId } = (await openExample(store)).append;
          ids.push(caseId);
          await place(caseId, due);
        }

        const moved = new Set<string>();
        const seen: string[] = [];
        let cursor: string | undefined;
        let pages = 0;
        do {
          const page = await cases.list(VIEW, limit, cursor);
          seen.push(...page.items.map((one) => one.case.id));
          cursor = page.cursor;
          const move = moves[pages];
          const id = ids[(move?.which ?? 0) % ids.length];
          if (move !== undefined && id !== undefined) {
            moved.add(id);
            await place(id, move.to);
          }
          pages += 1;
        } while (cursor !== undefined);

        const stayed = ids.filter((id) => !moved.has(id));
        expect(stayed.map((id) => seen.filter((one) => one === id).length)).toEqual(stayed.map(() => 1));
        expect(pages).toBeLessThanOrEqual(ids.length + moves.length + 1);
      }),
      { numRuns: 100 },
    );
  });
});

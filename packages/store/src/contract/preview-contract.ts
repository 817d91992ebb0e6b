import {
  addCase,
  emptySummary,
  type Instant,
  instantOf,
  MINUTE_MS,
  monthsBetween,
  plus,
  rangeBefore,
} from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import type { PreviewJob, PreviewMonth } from "../ports/previews.ts";
import type { Store } from "../store.ts";
import { newCaseId, newSuffix, openingAppend, START } from "./example-appends.ts";
import { exampleCalendar, examplePolicy } from "./example-rules.ts";
import { readAll } from "./read-all.ts";

/** A month in which nothing else of the contract happens. */
const MONTH = "2031-05";
const MAY = instantOf("2031-05-10T12:00:00Z");

/** Previews of other rules, and the cases of a month that they go through. */
export function previewContract(open: () => Promise<Store>): void {
  describe("the cases that were opened in a month", () => {
    test("come in that order, each once over the pages, and only those of the range", async () => {
      const store = await open();
      const from = plus(MAY, ((Number(newSuffix()) % 1_000) * 1_000 * MINUTE_MS) / 60);
      const ids: string[] = [];
      for (let minute = 0; minute < 5; minute += 1) ids.push(await opened(store, plus(from, minute)));
      const within = { from, until: plus(from, 4) };
      for (const limit of [1, 2, 100]) {
        const found = await readAll((cursor) => store.cases.openedIn(MONTH, within, limit, cursor));
        expect(found).toEqual(ids.slice(0, 4));
      }
      expect((await store.cases.openedIn("2031-06", within, 10)).items).toEqual([]);
    });
  });

  describe("a preview", () => {
    test("is asked for once; the same question again is the same preview", async () => {
      const { previews } = await open();
      const job = aJob();
      expect(await previews.read(job.id)).toBeUndefined();
      expect(await previews.start(job)).toBe("started");
      expect(await previews.start({ ...job, asOf: plus(job.asOf, 1) })).toBe("same");
      expect(await previews.start({ ...job, bodyHash: "another" })).toBe("other");
      expect(await previews.read(job.id)).toEqual({ job, months: [] });
    });

    test("sums up each page of a month once, whoever does it, and keeps its result", async () => {
      const { previews } = await open();
      const job = aJob();
      await previews.start(job);
      const summary = emptySummary();
      addCase(summary, { caseId: "case_1", accountId: "acct_a", openedAt: START, cycles: [], leftOut: 1 });
      const page: PreviewMonth = { month: "2026-11", pages: 1, cursor: "x", done: false, summary };
      expect(await previews.savePage(job, page)).toBe(true);
      expect(await previews.savePage(job, page)).toBe(false);
      expect(await previews.savePage(job, { ...page, pages: 3 })).toBe(false);
      const last = { month: "2026-11", pages: 2, done: true, summary };
      expect(await previews.savePage(job, last)).toBe(true);
      expect(await previews.month(job.id, "2026-11")).toEqual(last);

      const result = { from: job.from, until: job.until, asOf: job.asOf, summary, examples: [] };
      await previews.finish(job, result);
      await previews.finish(job, result);
      expect(await previews.read(job.id)).toEqual({ job, months: [last], result });
    });
  });
}

function aJob(): PreviewJob {
  return {
    id: `prev_${newSuffix()}`,
    requestedBy: "prin_mona",
    bodyHash: "hash",
    ...rangeBefore(START, 30),
    policy: examplePolicy(2),
    calendars: [exampleCalendar(2)],
  };
}

async function opened(store: Store, at: Instant): Promise<string> {
  const caseId = newCaseId();
  const { append } = await openingAppend(store, {}, { at, caseId });
  expect(monthsBetween(at, plus(at, 1))).toEqual([MONTH]);
  await store.cases.append(append);
  return caseId;
}

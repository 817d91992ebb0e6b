import { compileCalendar, explainOpenTime, type Instant, instantOf, type OpenTimeSpan } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { shippedCalendars } from "../shipped-calendars.ts";
import { recountExplanation } from "./recount-explanation.ts";

const HOUR_MS = 3_600_000;
const calendar = shippedCalendars()[0];
if (calendar === undefined) throw new Error("no calendar is shipped");
const start = instantOf("2026-10-30T15:00:30.500Z");
const end = instantOf("2026-11-02T15:00:00Z");
const spans = explainOpenTime(compileCalendar(calendar), start, end);

function altered(change: (span: OpenTimeSpan, index: number) => OpenTimeSpan[]) {
  return recountExplanation(calendar as NonNullable<typeof calendar>, start, end, spans.flatMap(change)).faults;
}

describe("an explanation, counted again", () => {
  test("is right as the engine gives it", () => {
    expect(spans.length).toBeGreaterThan(5);
    expect(recountExplanation(calendar, start, end, spans)).toEqual({ countedMs: 11 * HOUR_MS - 30_500, faults: [] });
  });

  test("is wrong when a span is missing", () => {
    expect(altered((span, index) => (index === 1 ? [] : [span]))).toEqual([
      "nothing is said between 2026-10-31T00:00:00.000Z and 2026-10-31T04:00:00.000Z",
    ]);
    expect(altered((span, index) => (index === 0 ? [] : [span]))).toEqual([
      "nothing is said between 2026-10-30T15:00:30.500Z and 2026-10-31T00:00:00.000Z",
      "the spans count 7200000 ms, walking over them counts 39569500 ms",
    ]);
  });

  test("is wrong when it counts a night, or skips a day", () => {
    expect(altered((span, index) => (index === 1 ? [{ ...span, kind: "counted" }] : [span]))).toEqual([
      "2026-10-31T00:00:00.000Z is counted and closed",
      "the spans count 53969500 ms, walking over them counts 39569500 ms",
    ]);
    expect(altered((span, index) => (index === 0 ? [{ ...span, kind: "skipped", reason: "night" }] : [span]))).toEqual([
      "2026-10-30T15:00:30.500Z is skipped and open",
      "the spans count 7200000 ms, walking over them counts 39569500 ms",
    ]);
  });

  test("is wrong when a length is not that of its span, or a clock change has one", () => {
    expect(altered((span, index) => (index === 1 ? [{ ...span, lengthMs: 1 }] : [span]))).toEqual([
      "the length of the span from 2026-10-31T00:00:00.000Z is not its own",
    ]);
    const until = (spans.find(({ kind }) => kind === "clock-change")?.from ?? 0) + 60_000;
    expect(
      altered((span) => (span.kind === "clock-change" ? [{ ...span, until: until as Instant }] : [span]))[0],
    ).toContain("nothing is said");
  });
});

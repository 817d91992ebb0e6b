import { type Calendar, type Instant, type OpenTimeSpan, toIso } from "@ithaca/domain";
import { minuteOracle } from "./minute-oracle.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What a recount found: the open time that it counts itself, and each way in which an explanation is not right. */
export type Recount = { readonly countedMs: number; readonly faults: readonly string[] };

/**
 * Adds an explanation up again by another method, minute by minute: that its spans leave nothing out from `start` to
 * `end`, that somebody is open in every minute that it counts, and nobody in those that it skips.
 */
export function recountExplanation(
  calendar: Calendar,
  start: Instant,
  end: Instant,
  spans: readonly OpenTimeSpan[],
): Recount {
  const oracle = minuteOracle(calendar, floorTo(DAY_MS, start), floorTo(DAY_MS, end) + 2 * DAY_MS);
  const countedMs = oracle.between(start, end);
  const explainedMs = spans.reduce((sum, span) => sum + (span.kind === "counted" ? span.lengthMs : 0), 0);
  const sum =
    explainedMs === countedMs ? [] : [`the spans count ${explainedMs} ms, walking over them counts ${countedMs} ms`];
  return { countedMs, faults: [...gapsBetween(spans, start, end), ...spans.flatMap(mistakes), ...sum] };

  function mistakes(span: OpenTimeSpan): string[] {
    const isRight = { counted: true, skipped: false, "clock-change": undefined }[span.kind];
    for (let at: number = span.from; at < span.until; at = floorTo(MINUTE_MS, at) + MINUTE_MS) {
      if (oracle.isOpen(at) !== isRight) {
        return [`${toIso(at as Instant)} is ${isRight ? "counted and closed" : "skipped and open"}`];
      }
    }
    return [];
  }
}

/** Spans touch each other, the first begins at the start and the last ends at the end. */
function gapsBetween(spans: readonly OpenTimeSpan[], start: Instant, end: Instant): string[] {
  const begins = [...spans.map(({ from }) => from), end];
  const ends = [start, ...spans.map(({ until }) => until)];
  const faults = begins.flatMap((from, index) => {
    const before = ends[index];
    return before === from ? [] : [`nothing is said between ${toIso(before ?? start)} and ${toIso(from)}`];
  });
  const lengths = spans.filter(({ from, until, lengthMs }) => until - from !== lengthMs);
  return [...faults, ...lengths.map(({ from }) => `the length of the span from ${toIso(from)} is not its own`)];
}

function floorTo(unitMs: number, atMs: number): number {
  return Math.floor(atMs / unitMs) * unitMs;
}

import type { CalendarsClient } from "@ithaca/client";
import { instantOf, type OpenTimeSpan } from "@ithaca/domain";
import { Failure } from "../failure.ts";
import { openTime } from "../output/duration.ts";
import type { ExplanationJson } from "./case-json.ts";

type Span = ExplanationJson["spans"][number];

/**
 * Adds an explanation up again by another method, minute by minute on the calendars that it names, and says so. Throws a
 * Failure that names what is wrong.
 */
export async function checkExplanation(explanation: ExplanationJson, calendars: CalendarsClient): Promise<string> {
  const { recountExplanation } = await import("@ithaca/policy/recount");
  const faults: string[] = [];
  let countedMs = 0;
  for (const { from, until, calendar } of explanation.stretches ?? []) {
    const spans = spansWithin(explanation.spans, from, until);
    const [start, end] = [instantOf(spans[0]?.from ?? until), instantOf(until)];
    if (calendar === undefined) {
      countedMs += end - start;
      if (spans.some(({ kind }) => kind === "skipped")) faults.push("a clock that always runs skipped time");
      continue;
    }
    const { calendar: version } = await calendars.read(calendar.id, { version: calendar.version });
    const recount = recountExplanation(version, start, end, spans.map(inMemory));
    countedMs += recount.countedMs;
    faults.push(...recount.faults);
  }
  if (countedMs !== explanation.openMs) faults.push(`they add up to ${openTime(countedMs)}`);
  if (faults.length > 0) throw new Failure(["Walking minute by minute says otherwise:", ...faults].join("\n  "));
  return `walking minute by minute, with another source of offsets, counts ${openTime(countedMs)} too`;
}

/** The spans of a stretch without the pause that may stand before it. */
function spansWithin(spans: readonly Span[], from: string, until: string): Span[] {
  return spans.filter((span) => span.kind !== "paused" && span.from >= from && span.until <= until);
}

function inMemory(span: Span): OpenTimeSpan {
  return { ...span, from: instantOf(span.from), until: instantOf(span.until) } as OpenTimeSpan;
}

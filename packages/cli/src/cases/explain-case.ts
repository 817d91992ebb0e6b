import { writeFileSync } from "node:fs";
import { spokenNumber } from "@ithaca/domain";
import { openTime } from "../output/duration.ts";
import { type JsonChoice, show } from "../output/json.ts";
import { type Moments, momentsIn } from "../output/moment.ts";
import { printableLine } from "../output/printable.ts";
import { type Column, writeTable } from "../output/table.ts";
import type { DeskConnection } from "../sign-in/connect-to-desk.ts";
import type { World } from "../world.ts";
import type { ExplanationJson } from "./case-json.ts";
import { checkExplanation } from "./check-explanation.ts";

export type Metric = ExplanationJson["metric"];
type Span = ExplanationJson["spans"][number];

/**
 * Shows why a due is when it is: the rule, the spans that count, the holidays that do not, and the sum. Draws it into a
 * file and adds it up again on request.
 */
export async function explainCase(
  world: World,
  { client }: DeskConnection,
  asked: { number: string; metric: Metric },
  view: { json: JsonChoice; moments: Moments; zoneGiven: boolean; svg?: string; check?: boolean },
): Promise<void> {
  const explanation = await client.cases.explain(asked.number, asked.metric);
  show(world, view.json, explanation, () => {
    // The spans are cut at the midnights of the calendar's zone, so that is where they are easiest to follow.
    const zone = view.zoneGiven ? view.moments.zone : (explanation.zone ?? view.moments.zone);
    writeExplanation(world, asked.number, explanation, momentsIn(zone));
  });
  if (view.svg !== undefined) writeFileSync(view.svg, await client.cases.draw(asked.number, asked.metric));
  if (view.check === true) world.err.write(`ithaca: ${await checkExplanation(explanation, client.calendars)}\n`);
}

function writeExplanation(world: World, number: string, explanation: ExplanationJson, moments: Moments): void {
  const columns = spanColumns(explanation.spans, moments);
  if (!world.out.isTerminal) {
    writeTable(world.out, columns, explanation.spans);
    return;
  }
  const { metric, cycle, state, dueAt, rule, segments, spans, openMs } = explanation;
  const write = (line: string) => world.out.write(`${printableLine(line)}\n`);

  write(`${spokenNumber(number)}: ${metric} ${cycle} is due ${moments.dateAndTime(dueAt)} (${state})`);
  write(`Times are in ${moments.zone}. Rule ${rule.id} of policy ${rule.policyVersion}: ${openTime(openMs)}.`);
  for (const { id, because } of rule.passedOver ?? []) write(`Not rule ${id}: its ${because} does not match.`);
  if (segments.length > 1) {
    for (const { from, ruleId, team, dueAt: own, combine } of segments) {
      write(
        `From ${moments.dateAndTime(from)}: rule ${ruleId}, team ${team}, due ${moments.dateAndTime(own)} (${combine})`,
      );
    }
  }
  world.out.write("\n");
  writeTable(world.out, columns, spans);
  const holidays = [...new Set(spans.flatMap((span) => (span.kind === "skipped" ? (span.holiday ?? []) : [])))];
  world.out.write("\n");
  write(`Counted ${openTime(countedMs(spans))} of ${openTime(openMs)}.`);
  if (explanation.pausedWithMsLeft !== undefined) {
    write(`Paused, ${openTime(explanation.pausedWithMsLeft)} left; the due is as if it went on now.`);
  }
  if (holidays.length > 0) write(`Holidays left out: ${holidays.join(", ")}.`);
  for (const { priority, dueAt: otherwise } of explanation.counterfactuals ?? []) {
    write(`Had it been ${priority}: ${moments.dateAndTime(otherwise)}.`);
  }
  if (explanation.ifMissed !== undefined) write(ifMissedSentence(explanation.ifMissed));
}

function ifMissedSentence({ toTier, tells, ruleId, policyVersion }: NonNullable<ExplanationJson["ifMissed"]>): string {
  const rule = ruleId === undefined ? "" : ` (rule ${ruleId} of policy ${policyVersion})`;
  return `Should it be missed: tier ${toTier}${rule}; ${tells.join(" and ")} told.`;
}

function countedMs(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + (span.kind === "counted" ? span.lengthMs : 0), 0);
}

/** The columns in which spans are shown: what each counted, the sum up to it, what of it did not count, and why. */
export function spanColumns(spans: readonly Span[], moments: Moments): Column<Span>[] {
  const sumUpTo = (span: Span) => countedMs(spans.slice(0, spans.indexOf(span) + 1));
  return [
    { head: "DAY", cell: ({ from }) => moments.date(from), raw: ({ on }) => on },
    { head: "FROM", cell: ({ from }) => moments.time(from), raw: ({ from }) => from },
    { head: "UNTIL", cell: ({ until }) => moments.time(until), raw: ({ until }) => until },
    {
      head: "COUNTED",
      cell: (span) => (span.kind === "counted" ? openTime(span.lengthMs) : ""),
      raw: (span) => (span.kind === "counted" ? String(span.lengthMs) : "0"),
    },
    {
      head: "LEFT OUT",
      cell: (span) => (isLeftOut(span) ? openTime(span.lengthMs) : ""),
      raw: (span) => (isLeftOut(span) ? String(span.lengthMs) : "0"),
    },
    {
      head: "SUM",
      cell: (span) => (span.kind === "counted" ? openTime(sumUpTo(span)) : ""),
      raw: (span) => String(sumUpTo(span)),
    },
    { head: "WHY", cell: because },
  ];
}

/** Time that passed and did not count: with what did it is all of the time. */
function isLeftOut({ kind }: Span): boolean {
  return kind === "skipped" || kind === "paused";
}

function because(span: Span): string {
  switch (span.kind) {
    case "counted":
      return "open";
    case "skipped":
      return span.holiday === undefined ? span.reason : `holiday: ${span.holiday}`;
    case "paused":
      return "paused";
    case "clock-change":
      return `clocks go ${span.shiftMs > 0 ? "forward" : "back"} ${openTime(Math.abs(span.shiftMs))}`;
  }
}

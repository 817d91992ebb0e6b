import type { AttainmentReport, AttainmentRow } from "@ithaca/domain";
import { csvRecord } from "../output/csv.ts";
import { type Column, writeTable } from "../output/table.ts";
import type { World } from "../world.ts";

const BAR_LENGTH = 20;
const TENTHS = 1;

/** Shows a report as a table, with a bar for what was met; that nothing ended in the range is told plainly. */
export function writeAttainment(world: World, report: AttainmentReport): void {
  const { out } = world;
  const range = report.from === report.to ? `in ${report.from}` : `from ${report.from} to ${report.to}`;
  if (report.rows.length === 0) {
    world.err.write(`No cycles: no promise was met or broken ${range}.\n`);
    return;
  }
  writeTable(out, columnsOf(report), report.rows);
  if (!out.isTerminal) return;
  const { met, breached, waived, percentMet } = report.total;
  const all = `${met} met, ${breached} breached, ${waived} waived (excused, and in no percentage)`;
  const cycles = report.cases === undefined ? "the cycles" : `the cycles of ${report.cases} cases`;
  out.write(`\n${percentText(percentMet)} of ${cycles} ${range}: ${all}.\n`);
}

/** Writes a report as CSV (RFC 4180), with a head. Its cells are safe in a spreadsheet. */
export function writeAttainmentCsv(world: World, report: AttainmentReport): void {
  world.out.write(csvRecord([...report.by, "met", "breached", "waived", "percentMet"]));
  for (const { of, met, breached, waived, percentMet } of report.rows) {
    world.out.write(csvRecord([...of, met, breached, waived, percentMet ?? ""]));
  }
}

function columnsOf({ by }: AttainmentReport): Column<AttainmentRow>[] {
  return [
    ...by.map((dimension, at) => ({ head: dimension.toUpperCase(), cell: ({ of }: AttainmentRow) => of[at] ?? "" })),
    { head: "MET", cell: ({ met }) => String(met) },
    { head: "BREACHED", cell: ({ breached }) => String(breached) },
    { head: "WAIVED", cell: ({ waived }) => String(waived) },
    {
      head: "% MET",
      cell: ({ percentMet }) => percentText(percentMet),
      raw: ({ percentMet }) => `${percentMet ?? ""}`,
    },
    { head: "", cell: ({ percentMet }) => bar(percentMet), raw: () => "" },
  ];
}

function percentText(percent: number | undefined): string {
  return percent === undefined ? "none" : `${percent.toFixed(TENTHS)} %`;
}

function bar(percent: number | undefined): string {
  if (percent === undefined) return "";
  const full = Math.floor((percent * BAR_LENGTH) / 100);
  return "█".repeat(full) + "░".repeat(BAR_LENGTH - full);
}

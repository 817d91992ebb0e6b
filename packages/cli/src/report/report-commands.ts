import { ATTAINMENT_DIMENSIONS, ATTAINMENT_MONTHS_MAX, type AttainmentDimension } from "@ithaca/domain";
import type { Command } from "commander";
import { globalsOf } from "../globals.ts";
import { show } from "../output/json.ts";
import { momentsIn } from "../output/moment.ts";
import type { World } from "../world.ts";
import { readDimensions, readMonth } from "./attainment-options.ts";
import { writeAttainment, writeAttainmentCsv } from "./write-attainment.ts";

interface AttainmentOptions {
  readonly export: string;
  readonly by: AttainmentDimension[];
  readonly from?: string;
  readonly to?: string;
  readonly csv?: boolean;
}

/** Adds `ithaca report …`. */
export function addReportCommands(program: Command, world: World): void {
  const report = program.command("report").description("how promises were kept");
  report
    .command("attainment")
    .description("percent of promises that were met, from the facts of an export")
    .requiredOption("--export <folder>", 'count the cases of an export ("ithaca export")')
    .option("--by <dimensions>", `some of ${ATTAINMENT_DIMENSIONS.join(",")}`, readDimensions, ["metric", "priority"])
    .option("--from <month>", "the first month, such as 2026-01; the last one when you leave it out", readMonth)
    .option("--to <month>", "the last month; that of the export when you leave it out", readMonth)
    .option("--csv", "print CSV that a spreadsheet can open without running anything")
    .addHelpText(
      "after",
      `
A cycle counts in the month in which it ended or was due, whichever came first, on the wall of --zone (UTC when you leave
it out), with the team and priority that the case had then. A broken promise that was excused is waived: counted apart, and
in no percentage. ${ATTAINMENT_MONTHS_MAX} months at most. See docs/reports.md.
Examples:
  ithaca report attainment --export backup-2026-03-01
  ithaca report attainment --export backup-2026-03-01 --by team,month --from 2026-01 --to 2026-03
  ithaca report attainment --export backup-2026-03-01 --by package --csv > attainment.csv`,
    )
    .action(async (options: AttainmentOptions, command: Command) => {
      const globals = globalsOf(command, world.env);
      const { zone } = momentsIn(globals.zone ?? "UTC");
      const { attainmentOfExport } = await import("./attainment-of-export.ts");
      const counted = await attainmentOfExport(world, { ...options, directory: options.export }, zone);
      if (options.csv === true && globals.json === undefined) writeAttainmentCsv(world, counted);
      else show(world, globals.json, jsonOf(counted, zone), () => writeAttainment(world, counted));
    });
}

/** The values of a row by name, as programs like them. */
function jsonOf(counted: Parameters<typeof writeAttainment>[1], zone: string) {
  const rows = counted.rows.map(({ of, ...count }) => ({
    ...Object.fromEntries(counted.by.map((dimension, at) => [dimension, of[at]])),
    ...count,
  }));
  return { ...counted, zone, rows };
}

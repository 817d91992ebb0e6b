import { ATTAINMENT_DIMENSIONS, ATTAINMENT_MONTHS_MAX, type AttainmentReport, namedRows } from "@ithaca/domain";
import type { Command } from "commander";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { type Globals, globalsOf } from "../globals.ts";
import { show } from "../output/json.ts";
import { momentsIn } from "../output/moment.ts";
import { connectToDesk } from "../sign-in/connect-to-desk.ts";
import type { World } from "../world.ts";
import { attainmentOfDesk } from "./attainment-of-desk.ts";
import { type AttainmentAsked, readDimensions, readMonth } from "./attainment-options.ts";
import { writeAttainment, writeAttainmentCsv } from "./write-attainment.ts";

interface AttainmentOptions extends AttainmentAsked {
  readonly export?: string;
  readonly csv?: boolean;
}

/** Adds `ithaca report …`. */
export function addReportCommands(program: Command, world: World): void {
  const report = program.command("report").description("how promises were kept");
  report
    .command("attainment")
    .description("percent of promises that were met, as the desk counted them or from the facts of an export")
    .option("--export <folder>", 'count the cases of an export ("ithaca export"); no desk is asked')
    .option("--by <dimensions>", `some of ${ATTAINMENT_DIMENSIONS.join(",")}`, readDimensions, ["metric", "priority"])
    .option("--from <month>", "the first month, such as 2026-01; the last one when you leave it out", readMonth)
    .option("--to <month>", "the last month; the current one, or that of the export, when you leave it out", readMonth)
    .option("--csv", "print CSV that a spreadsheet can open without running anything")
    .addHelpText(
      "after",
      `
A cycle counts in the month in which it ended or was due, whichever came first, with the team and priority that the case
had then. A broken promise that was excused is waived: counted apart, and in no percentage. A desk counts by months in UTC,
for leads and managers; over an export they are on the wall of --zone (UTC when you leave it out).
${ATTAINMENT_MONTHS_MAX} months at most. See docs/reports.md.
Examples:
  ithaca report attainment
  ithaca report attainment --by team,month --from 2026-01 --to 2026-03
  ithaca report attainment --by package --csv > attainment.csv
  ithaca report attainment --export backup-2026-03-01 --zone Australia/Sydney`,
    )
    .action(async (options: AttainmentOptions, command: Command) => {
      const globals = globalsOf(command, world.env);
      const { zone } = momentsIn(globals.zone ?? "UTC");
      if (options.export === undefined && zone !== "UTC") throw new Failure(ZONE_WITH_EXPORT, EXIT.usage);
      const counted = await count(world, globals, options, zone);
      if (options.csv === true && globals.json === undefined) writeAttainmentCsv(world, counted);
      else show(world, globals.json, jsonOf(counted, zone), () => writeAttainment(world, counted));
    });
}

const ZONE_WITH_EXPORT =
  "A desk counts by months in UTC: for those of another --zone, count over an export (--export).";

async function count(world: World, globals: Globals, options: AttainmentOptions, zone: string) {
  if (options.export === undefined) {
    const { client } = connectToDesk(world, globals);
    return attainmentOfDesk(client, options, world.now());
  }
  // What reads an export takes a while to load: other commands do not wait for it.
  const { attainmentOfExport } = await import("./attainment-of-export.ts");
  return attainmentOfExport(world, options.export, options, zone);
}

/** The values of a row by name, as programs like them. */
function jsonOf(counted: AttainmentReport, zone: string) {
  return { ...counted, zone, rows: namedRows(counted) };
}

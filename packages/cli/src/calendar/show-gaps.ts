import { writeFileSync } from "node:fs";
import type { CalendarsClient } from "@ithaca/client";
import type { Calendar } from "@ithaca/domain";
import type { Globals } from "../globals.ts";
import { openTime } from "../output/duration.ts";
import { show } from "../output/json.ts";
import { type Moments, momentsIn } from "../output/moment.ts";
import { printableLine } from "../output/printable.ts";
import { type Column, writeTable } from "../output/table.ts";
import type { World } from "../world.ts";

type Coverage = Awaited<ReturnType<CalendarsClient["coverage"]>>;
type Gap = Coverage["gaps"][number];
type Change = Coverage["overlapChanges"][number];

/** Lists when nobody is there in the months to come, and what clock changes do to the hours that teams share. */
export async function showGaps(
  world: World,
  calendars: CalendarsClient,
  { from, months, svg }: { readonly from: string; readonly months: number; readonly svg?: string },
  globals: Globals,
): Promise<void> {
  const coverage = await calendars.coverage({ from, months });
  if (svg !== undefined) await draw(calendars, coverage, svg);
  show(world, globals.json, coverage, () => writeCoverage(world, coverage, momentsIn(globals.zone ?? world.zone)));
}

function writeCoverage(world: World, coverage: Coverage, moments: Moments): void {
  const { gaps, overlapChanges, teams, uncoveredMs, overlapMs } = coverage;
  if (!world.out.isTerminal) {
    writeTable(world.out, gapColumns(moments), gaps);
    return;
  }
  const write = (line: string) => world.out.write(`${printableLine(line)}\n`);
  writeTable(world.out, gapColumns(moments), gaps);
  world.out.write("\n");
  write(`Teams: ${teams.map(({ team, calendar, version }) => `${team} (${calendar} ${version})`).join(", ")}.`);
  write(
    `Nobody is there for ${openTime(uncoveredMs)}, all of them for ${openTime(overlapMs)}. Times are in ${moments.zone}.`,
  );
  if (overlapChanges.length === 0) return;
  world.out.write("\n");
  writeTable(world.out, changeColumns(), overlapChanges);
}

function gapColumns({ dateAndTime }: Moments): Column<Gap>[] {
  return [
    { head: "FROM", cell: ({ from }) => dateAndTime(from), raw: ({ from }) => from },
    { head: "UNTIL", cell: ({ until }) => dateAndTime(until), raw: ({ until }) => until },
    { head: "LENGTH", cell: ({ lengthMs }) => openTime(lengthMs), raw: ({ lengthMs }) => String(lengthMs) },
    { head: "HOLIDAYS", cell: ({ holidays }) => holidays.map(({ team, name }) => `${name} (${team})`).join(", ") },
  ];
}

function changeColumns(): Column<Change>[] {
  const change = (before: number, after: number) => `${openTime(before)} → ${openTime(after)}`;
  return [
    { head: "CLOCKS CHANGE ON", cell: ({ zones }) => [...new Set(zones.map(({ on }) => on))].join(", ") },
    { head: "IN", cell: ({ zones }) => zones.map(({ zone }) => zone).join(", ") },
    { head: "SHARED A WEEK", cell: ({ overlapBeforeMs, overlapAfterMs }) => change(overlapBeforeMs, overlapAfterMs) },
    { head: "NOBODY", cell: ({ uncoveredBeforeMs, uncoveredAfterMs }) => change(uncoveredBeforeMs, uncoveredAfterMs) },
  ];
}

/** Draws the year in which the coverage begins; of more than two teams, the first two. */
async function draw(calendars: CalendarsClient, { from, teams }: Coverage, file: string): Promise<void> {
  const { renderYearStrip, STRIP_TEAMS_MAX } = await import("@ithaca/policy/publish");
  const drawn = await Promise.all(
    teams.slice(0, STRIP_TEAMS_MAX).map(async ({ team, calendar: id, version }) => {
      const { calendar }: { calendar: Calendar } = await calendars.read(id, { version });
      return { team, calendar };
    }),
  );
  writeFileSync(file, renderYearStrip({ year: Number(from.slice(0, 4)), teams: drawn }));
}

import type { CalendarsClient, VersionAsked } from "@ithaca/client";
import { type Calendar, type DayHours, WEEKDAYS, weekdayHours } from "@ithaca/domain";
import type { Globals } from "../globals.ts";
import { changeColumns } from "../output/change-columns.ts";
import { show } from "../output/json.ts";
import { type Moments, momentsIn } from "../output/moment.ts";
import { printableLine } from "../output/printable.ts";
import { type Column, writeTable } from "../output/table.ts";
import type { World } from "../world.ts";

const WEEKDAY_NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

type Whole = Awaited<ReturnType<CalendarsClient["read"]>>;
type Version = Whole["versions"][number];

/** One date of a calendar that is not as the week says. */
interface SpecialDate {
  readonly on: string;
  readonly what: string;
  readonly hours: string;
  readonly source: string;
}

/** Shows a version of a calendar: hours, holidays ahead, versions. Piped, its special dates, those gone by too. */
export async function showCalendar(
  world: World,
  calendars: CalendarsClient,
  { id, ...asked }: VersionAsked & { readonly id: string },
  globals: Globals,
): Promise<void> {
  const whole = await calendars.read(id, asked);
  show(world, globals.json, whole, () => {
    if (!world.out.isTerminal) {
      writeTable(world.out, DATE_COLUMNS, specialDates(whole.calendar));
      return;
    }
    writeCalendar(world, whole, momentsIn(globals.zone ?? whole.calendar.zone));
  });
}

/** Shows who made which version of a calendar, when and why. */
export async function showHistory(
  world: World,
  calendars: CalendarsClient,
  id: string,
  globals: Globals,
): Promise<void> {
  const { versions, calendar } = await calendars.read(id);
  show(world, globals.json, versions, () =>
    writeTable(world.out, versionColumns(momentsIn(globals.zone ?? calendar.zone)), versions),
  );
}

function writeCalendar(world: World, { calendar, inForce, versions }: Whole, moments: Moments): void {
  const write = (line: string) => world.out.write(`${printableLine(line)}\n`);
  const state = calendar.version === inForce ? "in force" : `version ${inForce} is in force`;
  write(`${calendar.id} ${calendar.version} (${state}): ${calendar.name}, on the wall in ${calendar.zone}`);
  for (const weekday of WEEKDAYS) {
    write(`  ${WEEKDAY_NAMES[weekday - 1] ?? ""}  ${hoursText(weekdayHours(calendar.week, weekday))}`);
  }
  const today = world.now();
  const ahead = specialDates(calendar).filter(({ on }) => Date.parse(`${on}T23:59:59Z`) >= today);
  world.out.write("\n");
  if (ahead.length === 0) write("No holidays are ahead.");
  else writeTable(world.out, DATE_COLUMNS, ahead);
  if (versions.length === 0) return;
  world.out.write("\n");
  writeTable(world.out, versionColumns(moments), versions);
}

function specialDates({ holidays, extraOpenings }: Calendar): SpecialDate[] {
  const closed = holidays.map(({ on, name, hours, source }) => ({
    on,
    what: name,
    hours: hoursText(hours ?? []),
    source: sourceText(source),
  }));
  const open = (extraOpenings ?? []).map(({ on, name, hours }) => ({
    on,
    what: name ?? "other hours",
    hours: hoursText(hours),
    source: "",
  }));
  return [...closed, ...open].sort((a, b) => a.on.localeCompare(b.on));
}

function hoursText(hours: DayHours): string {
  return hours.length === 0 ? "closed" : hours.map(([opens, closes]) => `${opens}–${closes}`).join(", ");
}

function sourceText(source: Calendar["holidays"][number]["source"]): string {
  switch (source.kind) {
    case "date-holidays":
      return ["date-holidays", source.country, source.state].filter((part) => part !== undefined).join(" ");
    case "ics":
      return source.file ?? "an iCalendar file";
    case "hand":
      return source.note ?? "by hand";
  }
}

const DATE_COLUMNS: readonly Column<SpecialDate>[] = [
  { head: "DATE", cell: ({ on }) => on },
  { head: "HOURS", cell: ({ hours }) => hours },
  { head: "SOURCE", cell: ({ source }) => source },
  { head: "WHAT", cell: ({ what }) => what },
];

function versionColumns(moments: Moments): Column<Version>[] {
  return [{ head: "VERSION", cell: ({ version }) => String(version) }, ...changeColumns(moments)];
}

import type { CalendarsClient } from "@ithaca/client";
import { type Instant, toIso } from "@ithaca/domain";
import { type Command, InvalidArgumentError } from "commander";
import { type Globals, globalsOf } from "../globals.ts";
import { momentsIn } from "../output/moment.ts";
import type { World } from "../world.ts";
import { addCalendarEditing } from "./calendar-editing.ts";
import { openCalendars, type SourceOptions, withSource } from "./calendar-source.ts";
import { readInstant, readMinutes } from "./calendar-time.ts";
import { checkVectors } from "./check-vectors.ts";
import { explainHours } from "./explain-hours.ts";
import { listCalendars } from "./list-calendars.ts";
import { listOpenings } from "./list-openings.ts";
import { addCalendarPreview } from "./preview-calendar.ts";
import { showCalendar, showHistory } from "./show-calendar.ts";
import { showGaps } from "./show-gaps.ts";
import { tellInstant, tellOpening, tellTimeBetween } from "./tell-time.ts";

const TIMES_HELP = `
START, END and the rest are instants: now, 2026-11-25T15:00:00Z, or 2026-11-25T10:00 for a time on the calendar's wall
(of the zone that --zone names). A length of open time is 90, 90m, 2h or 1h30m.`;

interface VersionOption extends SourceOptions {
  readonly version?: number;
}

/** Adds `ithaca calendar …`: business time, its holidays and who covers what. */
export function addCalendarCommands(program: Command, world: World): void {
  const calendar = program.command("calendar").description("business time: hours, holidays, sums of open time");
  addLooking(calendar, world);
  addReckoning(calendar, world);
  addExplaining(calendar, world);
  addComparing(calendar, world);
  addCalendarEditing(calendar, world);
  addCalendarPreview(calendar, world);
}

function addLooking(calendar: Command, world: World): void {
  withSource(calendar.command("list").description("list the calendars: whose they are, and who is there now"))
    .addHelpText("after", "\nExamples:\n  ithaca calendar list\n  ithaca calendar list --shipped --json=id,isOpen")
    .action(async (options: SourceOptions, command: Command) => {
      const { globals, source } = open(world, command, options);
      await listCalendars(world, source, globals);
    });

  withVersion(calendar.command("show <id>").description("show the hours and holidays of a calendar"))
    .addHelpText(
      "after",
      "\nExamples:\n  ithaca calendar show main-hours\n  ithaca calendar show main-hours --version 1 --json > calendar.json",
    )
    .action(async (id: string, options: VersionOption, command: Command) => {
      const { globals, source } = open(world, command, options);
      await showCalendar(world, source, { id, ...versionOf(options) }, globals);
    });

  calendar
    .command("history <id>")
    .description("who made which version of a calendar, when and why")
    .addHelpText("after", "\nExample:\n  ithaca calendar history main-hours")
    .action(async (id: string, options: SourceOptions, command: Command) => {
      const { globals, source } = open(world, command, options);
      await showHistory(world, source, id, globals);
    });
}

function addReckoning(calendar: Command, world: World): void {
  withVersion(calendar.command("next <id>").description("say whether somebody is there, and else when they come"))
    .option("--at <instant>", "at another instant than now", "now")
    .addHelpText(
      "after",
      `${TIMES_HELP}\nExamples:\n  ithaca calendar next main-hours\n  ithaca calendar next au-hours --at 2026-12-25T09:00`,
    )
    .action(async (id: string, options: VersionOption & { at: string }, command: Command) => {
      const { source, instantOf, globals } = open(world, command, options, id);
      await tellOpening(world, source, { id, at: await instantOf(options.at), ...versionOf(options) }, globals);
    });

  withVersion(
    calendar
      .command("add <id> <start> <length>")
      .description("say when so much open time has elapsed: the due instant"),
  )
    .option("--back", "count back: from when so much open time elapses until START")
    .addHelpText(
      "after",
      `${TIMES_HELP}\nExamples:\n  ithaca calendar add main-hours now 2h\n  ithaca calendar add main-hours 2026-11-25T18:30 12h --shipped\n  ithaca calendar add au-hours 2026-11-25T15:00:00Z 90 --back`,
    )
    .action(
      async (
        id: string,
        start: string,
        length: string,
        options: VersionOption & { back?: boolean },
        command: Command,
      ) => {
        const minutes = readMinutes(length) * (options.back === true ? -1 : 1);
        const { source, instantOf, globals } = open(world, command, options, id);
        const asked = { id, start: await instantOf(start), minutes, ...versionOf(options) };
        await tellInstant(world, source, asked, globals);
      },
    );

  withVersion(calendar.command("openings <id> <from> <until>").description("list the openings in a range"))
    .addHelpText("after", `${TIMES_HELP}\nExample:\n  ithaca calendar openings au-hours now 2027-01-01`)
    .action(async (id: string, from: string, until: string, options: VersionOption, command: Command) => {
      const { source, instantOf, globals } = open(world, command, options, id);
      const asked = { id, from: await instantOf(from), until: await instantOf(until), ...versionOf(options) };
      await listOpenings(world, source, asked, globals);
    });

  withVersion(calendar.command("between <id> <start> <end>").description("say how much open time lies between"))
    .addHelpText(
      "after",
      `${TIMES_HELP}\nExample:\n  ithaca calendar between main-hours 2026-11-25T10:00 2026-11-30T10:00`,
    )
    .action(async (id: string, start: string, end: string, options: VersionOption, command: Command) => {
      const { source, instantOf, globals } = open(world, command, options, id);
      const asked = { id, start: await instantOf(start), end: await instantOf(end), ...versionOf(options) };
      await tellTimeBetween(world, source, asked, globals);
    });
}

interface ExplainOptions extends VersionOption {
  readonly until?: string;
  readonly svg?: string;
  readonly check?: boolean;
}

function addExplaining(calendar: Command, world: World): void {
  withVersion(
    calendar
      .command("explain <id> <start> [length]")
      .description("show what counts and what does not, span by span, to the sum"),
  )
    .option("--until <instant>", "up to an instant, instead of a length of open time")
    .option("--svg <file>", "draw it too, into this file")
    .option("--check", "add it up again by another method, minute by minute")
    .addHelpText(
      "after",
      `${TIMES_HELP}\nExamples:\n  ithaca calendar explain main-hours 2026-11-25T18:30 12h\n  ithaca calendar explain au-hours now --until 2026-12-28 --check --svg why.svg`,
    )
    .action(
      async (id: string, start: string, length: string | undefined, options: ExplainOptions, command: Command) => {
        const { source, instantOf, globals } = open(world, command, options, id);
        const asked = {
          id,
          start: await instantOf(start),
          ...(length !== undefined && { minutes: readMinutes(length) }),
          ...(options.until !== undefined && { end: await instantOf(options.until) }),
          ...versionOf(options),
        };
        await explainHours(world, source, asked, { ...options, globals });
      },
    );
}

interface GapsOptions extends SourceOptions {
  readonly from: string;
  readonly months: number;
  readonly svg?: string;
}

function addComparing(calendar: Command, world: World): void {
  withSource(
    calendar.command("gaps").description("list when nobody is there, and what clock changes do to what teams share"),
  )
    .option("--from <instant>", "from when", "now")
    .option("--months <number>", "for how many months, 24 at most", wholeNumber, 24)
    .option("--svg <file>", "draw the year from then on too, into this file")
    .addHelpText(
      "after",
      "\nExamples:\n  ithaca calendar gaps --months 3\n  ithaca calendar gaps --from 2027-01-01 --svg 2027.svg\n  ithaca calendar gaps --json=gaps",
    )
    .action(async (options: GapsOptions, command: Command) => {
      const { source, instantOf, globals } = open(world, command, options);
      await showGaps(world, source, { ...options, from: wholeMinute(await instantOf(options.from)) }, globals);
    });

  calendar
    .command("vectors <file>")
    .description("compare another engine's answers with ours: JSON Lines, one question and answer a line")
    .addHelpText(
      "after",
      `
A line is {"id","op":"add","calendar":{"tz","week","holidays","overrides"?},"start","minutes","due"} or
{"id","op":"diff",…,"start","end","minutes"}; see docs/calendar.md. Exits with 1 when one disagrees or is none.
Example:
  ithaca calendar vectors test/vectors/business-time.jsonl`,
    )
    .action((file: string, _: object, command: Command) => checkVectors(world, file, globalsOf(command, world.env)));
}

function withVersion(command: Command): Command {
  return withSource(command).option(
    "--version <number>",
    "which version; the one in force when you leave it out",
    wholeNumber,
  );
}

function versionOf({ version }: VersionOption): { version?: number } {
  return version === undefined ? {} : { version };
}

interface Opened {
  readonly globals: Globals;
  readonly source: CalendarsClient;
  /** An instant as it was written on the command line, as ISO 8601. */
  instantOf(written: string): Promise<string>;
}

function open(world: World, command: Command, options: SourceOptions, id?: string): Opened {
  const globals = globalsOf(command, world.env);
  if (globals.zone !== undefined) momentsIn(globals.zone);
  const source = openCalendars(world, globals, options);
  const zone = async () => globals.zone ?? (id === undefined ? world.zone : (await source.next(id)).zone);
  const read = (written: string): Promise<Instant> => readInstant(written, { zone, now: world.now() });
  return { globals, source, instantOf: async (written) => toIso(await read(written)) };
}

/** The minute of an instant: what is told about months has no use for seconds. */
function wholeMinute(iso: string): string {
  return `${iso.slice(0, "2026-01-31T08:30".length)}:00.000Z`;
}

function wholeNumber(written: string): number {
  const number = Number(written);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("It must be a whole number, 1 or more.");
  return number;
}

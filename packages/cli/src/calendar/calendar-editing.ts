import { userInfo } from "node:os";
import { type Calendar, Calendar as CalendarSchema, type Instant, plus, toIso } from "@ithaca/domain";
import type { Command } from "commander";
import * as z from "zod/mini";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { globalsOf } from "../globals.ts";
import { type StackOption, withStack } from "../ops/stack-option.ts";
import { show } from "../output/json.ts";
import { deskOf } from "../policy/desk-rules.ts";
import type { World } from "../world.ts";
import { readOneCalendar } from "./calendar-file.ts";
import { openCalendars, type SourceOptions, withSource } from "./calendar-source.ts";
import { readInstant } from "./calendar-time.ts";
import type { HolidayOrigin } from "./import-holidays.ts";

interface ChangeOptions extends StackOption {
  readonly from?: string;
  readonly reason?: string;
  readonly by?: string;
}

/** Adds the commands that make new versions of calendars. */
export function addCalendarEditing(calendar: Command, world: World): void {
  addImport(calendar, world);
  withChange(calendar.command("apply <file>").description("put a new version of a calendar in force"), world)
    .addHelpText(
      "after",
      `
The file is a calendar as "ithaca calendar show ID --json" prints it; the version in it does not count. It is checked
first: a bad one is refused with every fault, its line and its field, and the one in force stays. A clock that runs goes
by it from that instant on; what was counted before stays counted.
Examples:
  ithaca calendar apply main-hours.json --reason "Closed on 24 December"
  ithaca calendar apply main-hours.json --from 2027-01-01T00:00 --reason "New hours"`,
    )
    .action(async (path: string, options: ChangeOptions, command: Command) => {
      await apply(world, readOneCalendar(path), options, command);
    });
}

interface ImportOptions extends ChangeOptions, SourceOptions {
  readonly into: string;
  readonly country?: string;
  readonly state?: string;
  readonly region?: string;
  readonly kinds?: string;
  readonly language?: string;
  readonly years?: string;
  readonly replace?: boolean;
}

function addImport(calendar: Command, world: World): void {
  const command = withSource(
    calendar
      .command("import [ics]")
      .description("make a new version of a calendar with the holidays of an .ics file, or of a country"),
  )
    .requiredOption("--into <id>", "the calendar that gets them")
    .option("--country <code>", "the holidays of a country, by ISO 3166, instead of a file's: US")
    .option("--state <code>", "those of a state of it too: NSW")
    .option("--region <code>", "those of a region of the state too")
    .option("--kinds <kinds>", "which kinds of the country's, such as public,bank; public when you leave it out")
    .option("--language <code>", "the language of the country's names; its own when you leave it out")
    .option("--years <from-to>", "which years, such as 2027-2030; this one and the next five when you leave it out")
    .option("--replace", "drop the calendar's own holidays of these years; else they stay beside the new ones");
  withChange(command, world)
    .addHelpText(
      "after",
      `
Without --reason the new calendar is printed, for "ithaca calendar apply"; with it, it is applied at once.
Examples:
  ithaca calendar import holidays.ics --into main-hours > main-hours.json
  ithaca calendar import holidays.ics --into au-hours --years 2027-2027 --reason "Holidays of 2027"
  ithaca calendar import --country AU --state NSW --into au-hours --years 2032-2035 --reason "The next years"`,
    )
    .action(async (ics: string | undefined, options: ImportOptions, own: Command) => {
      const { importHolidays } = await import("./import-holidays.ts");
      const origin = originOf(ics, options);
      const years = readYears(options.years, world.now());
      const source = openCalendars(world, globalsOf(own, world.env), options);
      const { calendar: base } = await source.read(options.into);
      const made = await importHolidays(base, { origin, years, replace: options.replace === true });
      if (options.reason === undefined) {
        world.out.write(`${JSON.stringify(z.encode(CalendarSchema, made), null, 2)}\n`);
        return;
      }
      await apply(world, made, options, own);
    });
}

/** What date-holidays calls the kinds of holidays. */
const KINDS = ["public", "bank", "school", "optional", "observance"] as const;
type Kind = (typeof KINDS)[number];

function originOf(ics: string | undefined, options: ImportOptions): HolidayOrigin {
  const { country, state, region, kinds, language } = options;
  if ((ics === undefined) === (country === undefined)) {
    throw new Failure("Whose holidays? Give an .ics file or --country, one of them.", EXIT.usage);
  }
  if (ics !== undefined) {
    const [one] = Object.entries({ state, region, kinds, language }).filter(([, value]) => value !== undefined);
    if (one !== undefined) throw new Failure(`--${one[0]} goes with --country; a file has its own.`, EXIT.usage);
    return { kind: "ics", path: ics };
  }
  if (region !== undefined && state === undefined) {
    throw new Failure("--region goes with --state: a region is one of a state.", EXIT.usage);
  }

  const place = {
    country: (country ?? "").toUpperCase(),
    ...(state !== undefined && { state: state.toUpperCase() }),
    ...(region !== undefined && { region: region.toUpperCase() }),
    ...(kinds !== undefined && { types: kinds.split(",").map(kindOf) }),
    ...(language !== undefined && { language }),
  };
  return { kind: "place", place };
}

function kindOf(written: string): Kind {
  const kind = KINDS.find((one) => one === written.trim());
  if (kind !== undefined) return kind;
  throw new Failure(`${written} is no kind of holiday; there are ${KINDS.join(", ")}.`, EXIT.usage);
}

function withChange(command: Command, world: World): Command {
  return withStack(command, world)
    .option("--from <instant>", "from when; as soon as every function can know it when you leave it out")
    .option("--reason <text>", "why, for the history")
    .option("--by <name>", "who, for the history; the name of this machine's user when you leave it out");
}

async function apply(world: World, calendar: Calendar, options: ChangeOptions, command: Command): Promise<void> {
  const { from, by = userInfo().username, stack } = options;
  const reason = options.reason?.trim();
  if (reason === undefined || reason === "") throw new Failure("Why? Give --reason TEXT for the history.", EXIT.usage);
  const globals = globalsOf(command, world.env);
  const { applyCalendar } = await import("./apply-calendar.ts");
  const { store, rulesLeadMs: leadMs } = await deskOf(world, stack);

  const at = world.now();
  const zone = async () => globals.zone ?? calendar.zone;
  const inForceFrom = from === undefined ? plus(at, leadMs) : await readInstant(from, { zone, now: at });
  const applied = await applyCalendar(store.rules, calendar, { by, at, reason, inForceFrom }, leadMs);
  const receipt = { ...applied, inForceFrom: toIso(applied.inForceFrom) };
  show(world, globals.json, receipt, ({ id, version }) =>
    world.out.write(`calendar ${id} ${version}, in force from ${receipt.inForceFrom}\n`),
  );
}

const IMPORTED_YEARS = 5;

function readYears(text: string | undefined, now: Instant): { from: number; to: number } {
  if (text === undefined) {
    const year = Number(toIso(now).slice(0, 4));
    return { from: year, to: year + IMPORTED_YEARS };
  }
  const [, from, to] = /^(\d{4})-(\d{4})$/.exec(text) ?? [];
  const years = { from: Number(from), to: Number(to) };
  if (!(years.from >= 1970 && years.to <= 2198 && years.from <= years.to)) {
    throw new Failure(`${text} are no years between 1970 and 2198; write 2027-2030.`, EXIT.usage);
  }
  return years;
}

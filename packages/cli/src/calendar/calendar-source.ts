import type { CalendarsClient } from "@ithaca/client";
import type { Calendar, Policy } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import type { Command } from "commander";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import type { Globals } from "../globals.ts";
import { readProfile } from "../profile/config-file.ts";
import { connectToDesk } from "../sign-in/connect-to-desk.ts";
import type { World } from "../world.ts";
import { readCalendarFile } from "./calendar-file.ts";
import { localCalendars } from "./local-calendars.ts";

/** Where a command takes calendars from: a desk, a file, or what ships. */
export interface SourceOptions {
  readonly file?: string;
  readonly shipped?: boolean;
}

/** Adds the options that say where calendars are taken from. */
export function withSource(command: Command): Command {
  return command
    .option("-F, --file <file>", "reckon with the calendars of this file, and ask no desk")
    .option("--shipped", "reckon with the calendars that ship, and ask no desk");
}

/** Opens what answers. Without a desk to ask, the calendars that ship do, and that is said. */
export function openCalendars(world: World, globals: Globals, { file, shipped }: SourceOptions): CalendarsClient {
  if (file !== undefined && shipped === true) throw new Failure("Give --file or --shipped, one of them.", EXIT.usage);
  const { calendars, policy } = shippedRules;
  const { now } = world;
  if (file !== undefined) {
    const read = readCalendarFile(file);
    return localCalendars({ calendars: read.calendars, teams: read.teams ?? teamsOf(read.calendars), now });
  }
  if (shipped === true) return localCalendars({ calendars, teams: policy.teams, now });

  const address = globals.api ?? world.env.ITHACA_API ?? readProfile(world, globals.profile)?.apiUrl;
  if (address !== undefined) return connectToDesk(world, globals).client.calendars;
  world.err.write("ithaca: no desk is known (ithaca login), so these are the calendars that ship\n");
  return localCalendars({ calendars, teams: policy.teams, now });
}

/** A file of calendars without a policy: each is a team of its own. */
function teamsOf(calendars: readonly Calendar[]): Pick<Policy["teams"][number], "code" | "hours">[] {
  return calendars.map(({ id }) => ({ code: id, hours: id }));
}

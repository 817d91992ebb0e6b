import { type Command, InvalidArgumentError } from "commander";
import { globalsOf } from "../globals.ts";
import { momentsIn } from "../output/moment.ts";
import { type SeenVersions, seenVersions } from "../profile/seen-versions.ts";
import { connectToDesk, type DeskConnection } from "../sign-in/connect-to-desk.ts";
import type { World } from "../world.ts";
import type { ChangedCaseJson } from "./case-json.ts";
import { readCaseNumber } from "./case-number.ts";
import { type Change, changeCase } from "./change-case.ts";

/** The options of every command that changes a case. */
export interface ChangeOptions {
  readonly ifVersion?: number;
}

/** Adds to a command what every change of a case takes. */
export function changing(command: Command): Command {
  return command.option(
    "--if-version <version>",
    "the version that you looked at; else the case is read first",
    positiveInteger,
  );
}

/** Adds to a command where its words come from. */
export function writing(command: Command): Command {
  return changing(command)
    .option("-m, --message <text>", "the words")
    .option("-F, --file <file>", "a file with the words; - is standard input");
}

/** Changes one case as a command line says. */
export async function change<Changed extends ChangedCaseJson>(
  world: World,
  command: Command,
  number: string,
  what: Omit<Change<Changed>, "number" | "ifVersion">,
): Promise<void> {
  const { ifVersion } = command.opts<ChangeOptions>();
  const asked = { ...what, number: readCaseNumber(number), ifVersion };
  const { connection, view } = open(world, command);
  await changeCase(world, connection.client, asked, view);
}

/** Connects a command to its desk. */
export function open(
  world: World,
  command: Command,
): {
  connection: DeskConnection;
  view: { json: string | undefined; moments: ReturnType<typeof momentsIn>; seen: SeenVersions };
  zoneGiven: boolean;
} {
  const globals = globalsOf(command, world.env);
  const moments = momentsIn(globals.zone ?? world.zone);
  return {
    connection: connectToDesk(world, globals),
    view: { json: globals.json, moments, seen: seenVersions(world, globals.profile) },
    zoneGiven: globals.zone !== undefined,
  };
}

/** A whole number of an option, 1 or more. */
export function positiveInteger(written: string): number {
  const number = Number(written);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("It must be a whole number, 1 or more.");
  return number;
}

import type { Command } from "commander";
import type { JsonChoice } from "./output/json.ts";
import { PROFILE_DEFAULT } from "./profile/config-file.ts";

/** Options that every command takes. */
export interface Globals {
  readonly api?: string;
  readonly profile: string;
  readonly json?: JsonChoice;
  readonly zone?: string;
}

/** Adds them to the program. */
export function addGlobals(program: Command): void {
  program
    .option("--api <url>", "address of the desk's API; else ITHACA_API or the profile's")
    .option("--profile <name>", "which desk and sign-in of the configuration; else ITHACA_PROFILE, else default")
    .option("--json [fields]", "print JSON; --json=number,status prints these fields only")
    .option("--zone <zone>", "show times in this IANA zone instead of this machine's");
}

/** The options that hold for a command, its own and those of every command. */
export function globalsOf(command: Command, env: Readonly<Record<string, string | undefined>>): Globals {
  const { api, profile, json, zone } = command.optsWithGlobals();
  return {
    profile: profile ?? env.ITHACA_PROFILE ?? PROFILE_DEFAULT,
    ...(api !== undefined && { api }),
    ...(json !== undefined && { json }),
    ...(zone !== undefined && { zone }),
  };
}

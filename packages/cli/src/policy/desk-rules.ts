import type { Rules } from "@ithaca/store";
import type { Command } from "commander";
import { globalsOf } from "../globals.ts";
import type { OpsDesk } from "../ops/open-desk.ts";
import { connectToDesk, type DeskConnection, isSignedIn } from "../sign-in/connect-to-desk.ts";
import type { World } from "../world.ts";

/** What commands read of a desk's rules, by the store or by the API. */
export type ReadRules = Pick<Rules, "timeline" | "policy" | "calendar" | "history">;

/** A stack's desk. What talks to AWS takes a while to load: the commands of agents do not wait for it. */
export async function deskOf(world: World, stack: string): Promise<OpsDesk> {
  const { openDesk } = await import("../ops/open-desk.ts");
  return openDesk(world, stack);
}

/**
 * The desk by its API, as whoever is signed in; undefined when nobody is, or when the command line names a stack: then
 * the stack itself is meant, with AWS credentials.
 */
export function signedInDesk(world: World, command: Command): DeskConnection | undefined {
  const globals = globalsOf(command, world.env);
  if (command.getOptionValueSource("stack") === "cli" || !isSignedIn(world, globals)) return undefined;
  return connectToDesk(world, globals);
}

/** The rules of a desk: by the API where somebody is signed in, else those of the stack. */
export async function rulesOf(world: World, command: Command, stack: string): Promise<ReadRules> {
  const signedIn = signedInDesk(world, command);
  if (signedIn === undefined) return (await deskOf(world, stack)).store.rules;
  const { rulesByApi } = await import("./rules-by-api.ts");
  return rulesByApi(signedIn.client);
}

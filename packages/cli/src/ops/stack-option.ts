import type { Command } from "commander";
import type { World } from "../world.ts";
import { STACK_DEFAULT } from "./stack-outputs.ts";

/** Which stack a command of ops works on. */
export interface StackOption {
  readonly stack: string;
}

/** Adds `--stack` to a command that works on a stack with AWS credentials. */
export function withStack(command: Command, { env }: Pick<World, "env">): Command {
  return command.option(
    "--stack <name>",
    "the stack of the desk, with AWS credentials; else ITHACA_STACK",
    env.ITHACA_STACK || STACK_DEFAULT,
  );
}

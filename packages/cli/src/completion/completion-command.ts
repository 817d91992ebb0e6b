import { Argument, type Command } from "commander";
import type { World } from "../world.ts";
import { completionScript, SHELLS, type Shell } from "./completion-script.ts";

/** Adds `ithaca completion`. */
export function addCompletionCommand(program: Command, world: World): void {
  program
    .command("completion")
    .description("print what a shell needs to complete commands and options")
    .addArgument(new Argument("<shell>", "which").choices(SHELLS))
    .addHelpText(
      "after",
      "\nExamples:\n  source <(ithaca completion bash)\n  ithaca completion zsh > ~/.zfunc/_ithaca   # a folder of $fpath",
    )
    .action((shell: Shell) => world.out.write(completionScript(program, shell)));
}

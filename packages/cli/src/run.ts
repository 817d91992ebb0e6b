import { Command, CommanderError } from "commander";
import { addApiCommand } from "./api/raw-request.ts";
import { addCalendarCommands } from "./calendar/calendar-commands.ts";
import { addCaseCommands } from "./cases/case-commands.ts";
import { addWatchCommand } from "./cases/watch-cases.ts";
import { addCompletionCommand } from "./completion/completion-command.ts";
import { addDirectoryCommands } from "./directory/directory-commands.ts";
import { EXIT, EXIT_CODES_HELP, type ExitCode } from "./exit-codes.ts";
import { toFailure } from "./failure.ts";
import { addGlobals } from "./globals.ts";
import { addMessageCommands } from "./messages/send-message.ts";
import { addOpsCommands } from "./ops/ops-commands.ts";
import { withJsonValue } from "./output/json.ts";
import { addReportCommands } from "./report/report-commands.ts";
import { addSignInCommands } from "./sign-in/sign-in-commands.ts";
import { addTaskCommands } from "./tasks/task-commands.ts";
import type { World } from "./world.ts";

/** Runs the command with its arguments, without the program's name, and gives its exit code. Throws nothing. */
export async function run(args: readonly string[], world: World): Promise<ExitCode> {
  try {
    await createProgram(world).parseAsync(withJsonValue(args), { from: "user" });
    return EXIT.done;
  } catch (thrown) {
    // Commander has written what is wrong, or the help that was asked for.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.done : EXIT.usage;
    const failure = toFailure(thrown);
    world.err.write(`ithaca: ${failure.message}\n`);
    if (world.env.ITHACA_DEBUG !== undefined && thrown instanceof Error) world.err.write(`${thrown.stack}\n`);
    return failure.exitCode;
  }
}

function createProgram(world: World): Command {
  const program = new Command("ithaca")
    .description("The command of the Ithaca support desk: for agents, channels and ops.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.out.write(text),
      writeErr: (text) => world.err.write(text),
      getOutHelpWidth: () => world.out.columns,
      getErrHelpWidth: () => world.err.columns,
    })
    .showSuggestionAfterError()
    .addHelpText(
      "after",
      `
Output is a table on a terminal, tab-separated lines in a pipe, JSON with --json.
Examples:
  ithaca login --stack Ithaca
  ithaca case list
  ithaca case view 148203917
  ithaca case reply 148203917 -m "Fixed: please reload."
${EXIT_CODES_HELP}`,
    );
  addGlobals(program);
  addSignInCommands(program, world);
  addCaseCommands(program, world);
  addCalendarCommands(program, world);
  addMessageCommands(program, world);
  addDirectoryCommands(program, world);
  addReportCommands(program, world);
  addTaskCommands(program, world);
  addWatchCommand(program, world);
  addApiCommand(program, world);
  addOpsCommands(program, world);
  addCompletionCommand(program, world);
  return program;
}

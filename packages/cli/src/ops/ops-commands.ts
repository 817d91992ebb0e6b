import type { Command } from "commander";
import { Failure } from "../failure.ts";
import { addPolicyCommands } from "../policy/policy-commands.ts";
import type { World } from "../world.ts";
import { addDeadLetterCommands } from "./dead-letters/dead-letter-commands.ts";
import { readDirectoryFile } from "./directory-file.ts";
import { DIRECTORY_COLUMNS } from "./directory-table.ts";
import { addDoctorCommand } from "./doctor/doctor-command.ts";
import { type DirectoryReceipt, importDirectory } from "./import-directory.ts";
import { passwordOf } from "./password-of.ts";
import { addReAnnounceCommand } from "./re-announce/re-announce-command.ts";
import { addRecountCommand } from "./recount-command.ts";
import { type StackOption, withStack } from "./stack-option.ts";
import { addTransferCommands } from "./transfer-commands.ts";

/** Adds the commands of ops, which talk to the stack itself and not to its API. */
export function addOpsCommands(program: Command, world: World): void {
  addImportDirectory(program, world);
  addPolicyCommands(program, world);
  addTransferCommands(program, world);
  addReAnnounceCommand(program, world);
  addRecountCommand(program, world);
  addDeadLetterCommands(program, world);
  addDoctorCommand(program, world);
}

interface ImportDirectoryOptions extends StackOption {
  readonly dryRun?: boolean;
  readonly createUsers?: boolean;
  readonly passwordEnv?: string;
}

function addImportDirectory(program: Command, world: World): void {
  withStack(
    program.command("import-directory <file>").description("import accounts, people, agents and channels"),
    world,
  )
    .option("--dry-run", "say what would be done, and do nothing")
    .option("--create-users", "make the users that are not in the user pool")
    .option("--password-env <name>", "the environment variable with the password of the users that are made")
    .addHelpText(
      "after",
      `
The file is JSON: { "accounts": […], "people": […], "principals": […] }, or CSV with the columns
  ${DIRECTORY_COLUMNS}
where kind is account, person, agent, customer or channel, and lists are parted by semicolons. A channel's clientId is an app client's id or
the stack output that has it, such as "\${ChannelClientIdPortal}". A line is printed for each row; the same file again
changes nothing.
Examples:
  ithaca import-directory directory.json --dry-run
  ithaca import-directory customers.csv
  FIRST_PASSWORD=… ithaca import-directory directory.json --create-users --password-env FIRST_PASSWORD`,
    )
    .action(async (path: string, options: ImportDirectoryOptions) => {
      const file = readDirectoryFile(path);
      const password = passwordOf(world, options.passwordEnv);
      // What talks to AWS takes a while to load: the commands of agents do not wait for it.
      const { openDesk } = await import("./open-desk.ts");
      const { store, users, outputs } = await openDesk(world, options.stack);
      const how = { dryRun: options.dryRun === true, createUsers: options.createUsers === true, password };
      let refused = 0;
      for await (const receipt of importDirectory(file, { directory: store.directory, users, outputs }, how)) {
        world.out.write(`${receiptLine(receipt)}\n`);
        if (receipt.outcome === "refused") refused += 1;
      }
      if (refused > 0) throw new Failure(`${refused} rows were refused.`);
    });
}

function receiptLine({ kind, id, outcome, note }: DirectoryReceipt): string {
  return [kind, id, outcome, note].join("\t").trimEnd();
}

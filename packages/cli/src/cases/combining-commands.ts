import { spokenNumber } from "@ithaca/domain";
import { type Command, Option } from "commander";
import type { World } from "../world.ts";
import { type ChangeOptions, change, changing } from "./case-command.ts";
import { readCaseNumber } from "./case-number.ts";

/** Adds the commands that are about two cases. Nobody outside the desk is told of any of them, unless --notify says so. */
export function addCombiningCommands(cases: Command, world: World): void {
  telling(cases.command("merge <number> <other>").description("merge another case into this one, which goes on"))
    .addHelpText(
      "after",
      "\nThe other number leads to this case from now on. ithaca case unmerge takes it back.\nExample:\n  ithaca case merge 148203917 148203925\n  ithaca case merge 148203917 148203925 --notify",
    )
    .action(async (number: string, written: string, { notify = false }: TellingOptions, command: Command) => {
      const other = readCaseNumber(written);
      await change(world, command, number, {
        done: `goes on for ${spokenNumber(other)} too`,
        make: ({ cases: { merge } }, which, terms) => merge(which, other, { notify, ...terms }),
      });
    });

  changing(cases.command("unmerge <number> <other>").description("take a merge back"))
    .addHelpText("after", "\nExample:\n  ithaca case unmerge 148203917 148203925")
    .action(async (number: string, written: string, _: ChangeOptions, command: Command) => {
      const other = readCaseNumber(written);
      await change(world, command, number, {
        done: `without ${spokenNumber(other)} again`,
        make: ({ cases: { unmerge } }, which, terms) => unmerge(which, other, terms),
      });
    });

  telling(cases.command("split <number> <message>").description("make a case of its own of a customer's message"))
    .addHelpText(
      "after",
      "\nThe message's id is in: ithaca case view NUMBER --json=messages. Merging the new case takes it back.\nExample:\n  ithaca case split 148203917 msg_7f3a",
    )
    .action(async (number: string, messageId: string, { notify = false }: TellingOptions, command: Command) => {
      await change(world, command, number, {
        done: "split",
        make: ({ cases: { split } }, which, terms) => split(which, messageId, { notify, ...terms }),
        also: (changed) => ("opened" in changed ? `, the message is case ${spokenNumber(changed.opened)} now` : ""),
      });
    });

  linking(cases.command("link <number> <other>").description("say how a case stands to another one"))
    .addHelpText("after", "\nExample:\n  ithaca case link 148203917 148203925 --as parent")
    .action(async (number: string, written: string, { as: link }: LinkOptions, command: Command) => {
      const other = readCaseNumber(written);
      await change(world, command, number, {
        done: `linked: ${link} ${spokenNumber(other)}`,
        make: ({ cases }, which, terms) => cases.link(which, { link, other }, terms),
      });
    });

  linking(cases.command("unlink <number> <other>").description("take a link away"))
    .addHelpText("after", "\nExample:\n  ithaca case unlink 148203917 148203925 --as parent")
    .action(async (number: string, written: string, { as: link }: LinkOptions, command: Command) => {
      const other = readCaseNumber(written);
      await change(world, command, number, {
        done: `not linked: ${link} ${spokenNumber(other)}`,
        make: ({ cases }, which, terms) => cases.unlink(which, { link, other }, terms),
      });
    });
}

interface TellingOptions extends ChangeOptions {
  readonly notify?: boolean;
}

function telling(command: Command): Command {
  return changing(command).option("--notify", "tell the customer by mail; otherwise nobody is told");
}

interface LinkOptions extends ChangeOptions {
  readonly as: "related" | "parent" | "possibly-about";
}

function linking(command: Command): Command {
  const kinds = ["related", "parent", "possibly-about"] as const;
  return changing(command).addOption(new Option("--as <kind>", "how").choices(kinds).default("related"));
}

import type { Command } from "commander";
import { EXIT } from "../../exit-codes.ts";
import { Failure } from "../../failure.ts";
import { globalsOf } from "../../globals.ts";
import { show } from "../../output/json.ts";
import { momentsIn } from "../../output/moment.ts";
import { writeTable } from "../../output/table.ts";
import type { World } from "../../world.ts";
import { type StackOption, withStack } from "../stack-option.ts";
import { readStackOutputs } from "../stack-outputs.ts";

const LIMIT_DEFAULT = 20;
const LIMIT_MAX = 1_000;

interface ListOptions extends StackOption {
  readonly queue?: string;
  readonly limit: number;
}

/** Adds `ithaca dead-letters …`: what could not be done after all tries. */
export function addDeadLetterCommands(program: Command, world: World): void {
  const deadLetters = program.command("dead-letters").description("what could not be done after all tries");

  withStack(deadLetters.command("list").description("whose they are and since when; they stay where they are"), world)
    .option("--queue <name>", "those of one queue")
    .option("--limit <number>", `at most so many of each queue, up to ${LIMIT_MAX}`, Number, LIMIT_DEFAULT)
    .addHelpText("after", "\nExamples:\n  ithaca dead-letters list\n  ithaca dead-letters list --queue send-mail")
    .action(async ({ stack, queue, limit }: ListOptions, command: Command) => {
      if (!(limit >= 1 && limit <= LIMIT_MAX)) {
        throw new Failure(`--limit is a number from 1 to ${LIMIT_MAX}.`, EXIT.usage);
      }
      const { queues, deadLetters: letters } = await open();
      const pairs = letters.queuesOf(await readStackOutputs(stack), queue);
      const listed = await letters.listDeadLetters(queues, pairs, limit);

      const globals = globalsOf(command, world.env);
      const { dateAndTime } = momentsIn(globals.zone ?? world.zone);
      show(world, globals.json, listed, () => {
        if (listed.length === 0 && world.out.isTerminal) world.out.write("No dead letters.\n");
        else
          writeTable(
            world.out,
            [
              { head: "QUEUE", cell: (one) => one.queue },
              { head: "SENT", cell: (one) => dateAndTime(one.sentAt), raw: (one) => one.sentAt },
              { head: "EVENT", cell: (one) => one.event },
              { head: "CASE", cell: (one) => one.caseId.replace("case_", ""), raw: (one) => one.caseId },
              { head: "ID", cell: (one) => one.id },
            ],
            listed,
          );
      });
    });

  withStack(
    deadLetters.command("redrive [queue]").description("put them back into their queue, to be tried again"),
    world,
  )
    .option("--all", "those of every queue")
    .addHelpText(
      "after",
      `
Mend first what made them fail: a message that fails five times more is a dead letter again. Those of a function that
runs by the clock are taken away: its next run has done what they could not.
Examples:
  ithaca dead-letters redrive send-mail
  ithaca dead-letters redrive --all`,
    )
    .action(async (name: string | undefined, { stack, all }: StackOption & { all?: true }, command: Command) => {
      if ((name === undefined) === (all === undefined)) {
        throw new Failure("Of which queue? Name one, or give --all.", EXIT.usage);
      }
      const { queues, deadLetters: letters } = await open();
      const moved: { queue: string; moved: number; repeated: boolean }[] = [];
      for (const pair of letters.queuesOf(await readStackOutputs(stack), name)) {
        const count = await letters.redriveDeadLetters(queues, pair);
        moved.push({ queue: pair.name, moved: count, repeated: pair.url !== undefined });
      }
      show(world, globalsOf(command, world.env).json, moved, () => {
        for (const { queue, moved: count, repeated } of moved) {
          world.out.write(`${queue}\t${count} ${repeated ? "moved" : "taken away"}\n`);
        }
      });
    });
}

/** What talks to AWS takes a while to load: the commands of agents do not wait for it. */
async function open() {
  const [{ sqsQueues }, deadLetters] = await Promise.all([import("./sqs-queues.ts"), import("./dead-letters.ts")]);
  return { queues: sqsQueues(), deadLetters };
}

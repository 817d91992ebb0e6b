import type { Client, JsonAnswerOf } from "@ithaca/client";
import type { Command } from "commander";
import { open, positiveInteger } from "../cases/case-command.ts";
import { show } from "../output/json.ts";
import type { Moments } from "../output/moment.ts";
import { readPages } from "../output/read-pages.ts";
import { type Column, writeTable } from "../output/table.ts";
import type { World } from "../world.ts";

type Task = JsonAnswerOf<"finish-task">;

/** Adds `ithaca task …`: replies that did not go out, for whoever wrote them. */
export function addTaskCommands(program: Command, world: World): void {
  const tasks = program.command("task").description("see to replies that did not go out");

  tasks
    .command("list")
    .description("list your open tasks, oldest first: replies whose mail was given up")
    .option("--agent <id>", "another agent's; for leads and managers")
    .option("--limit <number>", "how many", positiveInteger, 50)
    .option("--all", "all of them")
    .addHelpText("after", "\nExamples:\n  ithaca task list\n  ithaca task list --agent prin_ana --json=number,reason")
    .action(async ({ agent, limit, all }: ListOptions, command: Command) => {
      const { connection, view } = open(world, command);
      const listed = await openTasks(connection.client, agent, all === true ? undefined : limit);
      show(world, view.json, listed, () => {
        if (listed.length === 0 && world.out.isTerminal) world.out.write("Nothing to see to.\n");
        else writeTable(world.out, columnsOf(view.moments), listed);
      });
    });

  tasks
    .command("done <id>")
    .description("take a task off your list: the customer was told by other means, or need not be")
    .addHelpText("after", "\nExample:\n  ithaca task done case_148203917.2.0")
    .action(async (id: string, _: object, command: Command) => {
      const { connection, view } = open(world, command);
      const task = await connection.client.tasks.finish(id);
      show(world, view.json, task, ({ number }) => world.out.write(`${number}: task done\n`));
    });
}

interface ListOptions {
  readonly agent?: string;
  readonly limit: number;
  readonly all?: boolean;
}

function openTasks({ tasks }: Client, agent: string | undefined, limit: number | undefined): Promise<Task[]> {
  return readPages<Task>(limit, (page) => tasks.list({ ...(agent !== undefined && { agent }), ...page }));
}

function columnsOf(moments: Moments): Column<Task>[] {
  return [
    { head: "NUMBER", cell: ({ number }) => number },
    {
      head: "SINCE",
      cell: ({ abandonedAt }) => (abandonedAt === undefined ? "–" : moments.dateAndTime(abandonedAt)),
      raw: ({ abandonedAt }) => abandonedAt ?? "",
    },
    { head: "WHY", cell: ({ reason }) => reason ?? "–", raw: ({ reason }) => reason ?? "" },
    { head: "NOT SENT TO", cell: ({ personId }) => personId ?? "–", raw: ({ personId }) => personId ?? "" },
    { head: "TASK", cell: ({ id }) => id },
  ];
}

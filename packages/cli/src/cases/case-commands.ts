import { type Command, Option } from "commander";
import { mayHaveWords, needWords, type WordsOptions } from "../words.ts";
import type { World } from "../world.ts";
import { type ChangeOptions, change, changing, open, positiveInteger, writing } from "./case-command.ts";
import { readCaseNumber } from "./case-number.ts";
import { addCombiningCommands } from "./combining-commands.ts";
import { countCases } from "./count-cases.ts";
import { addDescribingCommands } from "./describing-commands.ts";
import { explainCase, type Metric } from "./explain-case.ts";
import { addHandlingCommands } from "./handling-commands.ts";
import { type ListOptions, listCases, VIEWS } from "./list-cases.ts";
import { viewCase } from "./view-case.ts";

const METRICS: readonly Metric[] = ["first-response", "next-response", "update", "resolution"];

/** Adds `ithaca case …`: reading, explaining and changing cases. */
export function addCaseCommands(program: Command, world: World): void {
  const cases = program.command("case").description("read and change cases");
  addReadingCommands(cases, world);
  addWritingCommands(cases, world);
  addDecidingCommands(cases, world);
  addHandlingCommands(cases, world);
  addDescribingCommands(cases, world);
  addCombiningCommands(cases, world);
}

function addReadingCommands(cases: Command, world: World): void {
  cases
    .command("list")
    .description("list the cases of a view, the most pressing first")
    .option("--team <team>", "one team's; the whole desk's when you leave it out")
    .addOption(new Option("--view <view>", "which list").choices(VIEWS).default("open"))
    .option("--limit <number>", "how many", positiveInteger, 50)
    .option("--all", "all of them")
    .addHelpText(
      "after",
      "\nExamples:\n  ithaca case list\n  ithaca case list --view mine\n  ithaca case list --team au --view at-risk --json=number,dueAt\n  ithaca case list --all | cut -f1\n\nresolved-lately shows what is done and changed within the last 14 days, the latest first.",
    )
    .action(async (options: ListOptions & { all?: boolean }, command: Command) => {
      const { connection, view } = open(world, command);
      const limit = options.all === true ? undefined : options.limit;
      await listCases(world, connection.client, { ...options, limit }, view);
    });

  cases
    .command("counts")
    .description("show how many cases are in each list")
    .addHelpText("after", "\nExample:\n  ithaca case counts")
    .action(async (_: object, command: Command) => {
      const { connection, view } = open(world, command);
      await countCases(world, connection.client, view.json);
    });

  cases
    .command("view <number>")
    .description("show a case: its head, its clocks, what happened, what is owed")
    .addHelpText(
      "after",
      "\nExamples:\n  ithaca case view 148203917\n  ithaca case view 148-203-917 --zone Australia/Sydney\n  ithaca case view 148203917 --json=version,status",
    )
    .action(async (number: string, _: object, command: Command) => {
      const which = readCaseNumber(number);
      const { connection, view } = open(world, command);
      await viewCase(world, connection, which, view);
    });

  cases
    .command("explain <number>")
    .description("show why a case is due when it is")
    .addOption(new Option("--metric <metric>", "which clock").choices(METRICS).default("first-response"))
    .option("--svg <file>", "draw it too, into this file")
    .option("--check", "add it up again by another method, minute by minute")
    .addHelpText(
      "after",
      "\nExamples:\n  ithaca case explain 148203917\n  ithaca case explain 148203917 --metric next-response\n  ithaca case explain 148203917 --check --svg why.svg",
    )
    .action(async (number: string, { metric, ...more }: ExplainOptions, command: Command) => {
      const asked = { number: readCaseNumber(number), metric };
      const { connection, view, zoneGiven } = open(world, command);
      await explainCase(world, connection, asked, { ...view, ...more, zoneGiven });
    });
}

function addWritingCommands(cases: Command, world: World): void {
  writing(cases.command("reply <number> [words]").description("answer the customer"))
    .addHelpText(
      "after",
      '\nExamples:\n  ithaca case reply 148203917 -m "Fixed: please reload."\n  ithaca case reply 148203917 -F answer.txt\n  fortune | ithaca case reply 148203917 -',
    )
    .action(
      async (number: string, argument: string | undefined, options: ChangeOptions & WordsOptions, command: Command) => {
        const text = await needWords(world, options, argument);
        await change(world, command, number, {
          done: "answered",
          hasWords: true,
          make: ({ cases: { reply } }, which, terms) => reply(which, { text }, terms),
        });
      },
    );

  writing(cases.command("note <number> [words]").description("leave a note that only agents see"))
    .option("--call", "it tells of a call with the customer that has just ended: the call is a response")
    .addHelpText(
      "after",
      '\nExamples:\n  ithaca case note 148203917 -m "She called twice."\n  ithaca case note 148203917 --call -m "Talked her through the update."',
    )
    .action(async (number: string, argument: string | undefined, options: NoteOptions, command: Command) => {
      const text = await needWords(world, options, argument);
      const connectedCall = options.call === true;
      await change(world, command, number, {
        done: connectedCall ? "call noted" : "noted",
        hasWords: true,
        make: ({ cases: { note } }, which, terms) =>
          note(which, { text, ...(connectedCall && { connectedCall }) }, terms),
      });
    });

  writing(
    cases.command("resolve <number> [words]").description("resolve a case, with words to the customer or without"),
  )
    .option("--status <status>", "one of the desk's own statuses that is like resolved")
    .addHelpText(
      "after",
      '\nExamples:\n  ithaca case resolve 148203917 -m "This is fixed in 4.2."\n  ithaca case resolve 148203917 - < answer.txt\n  ithaca case resolve 148203917\n\nWithout words it waits for the end of a standard input that is no terminal: in a loop give < /dev/null.',
    )
    .action(async (number: string, argument: string | undefined, options: ResolveOptions, command: Command) => {
      const text = await mayHaveWords(world, options, argument);
      const { status } = options;
      await change(world, command, number, {
        done: "resolved",
        hasWords: text !== undefined,
        make: ({ cases: { resolve } }, which, terms) =>
          resolve(which, { ...(text !== undefined && { text }), ...(status !== undefined && { status }) }, terms),
      });
    });
}

interface NoteOptions extends ChangeOptions, WordsOptions {
  readonly call?: boolean;
}

interface ResolveOptions extends ChangeOptions, WordsOptions {
  readonly status?: string;
}

function addDecidingCommands(cases: Command, world: World): void {
  changing(cases.command("take <number>").description("make a case yours"))
    .addHelpText("after", "\nExample:\n  ithaca case take 148203917")
    .action(async (number: string, _: ChangeOptions, command: Command) => {
      await change(world, command, number, {
        done: "taken",
        make: ({ cases: { take } }, which, terms) => take(which, terms),
      });
    });

  changing(cases.command("waive <number>").description("excuse a broken promise; reports change, the fact does not"))
    .addOption(new Option("--metric <metric>", "which clock").choices(METRICS).default("first-response"))
    .option("--cycle <number>", "of which cycle; the last broken one when you leave it out", positiveInteger)
    .requiredOption("--reason <text>", "why, for whoever reads the case or the report later")
    .addHelpText(
      "after",
      '\nExample:\n  ithaca case waive 148203917 --metric resolution --reason "They asked us to wait for their release."',
    )
    .action(async (number: string, { metric, cycle, reason }: WaiveOptions, command: Command) => {
      await change(world, command, number, {
        done: "excused",
        make: ({ cases: { waive } }, which, terms) =>
          waive(which, metric, { reason, ...(cycle !== undefined && { cycle }) }, terms),
      });
    });

  changing(cases.command("priority <number> <priority>").description("give a case another priority; its due follows"))
    .option("--reason <text>", "why, for whoever reads the case later")
    .addHelpText(
      "after",
      '\nExample:\n  ithaca case priority 148203917 high --reason "Month end: they cannot invoice."',
    )
    .action(
      async (number: string, priority: string, { reason }: ChangeOptions & { reason?: string }, command: Command) => {
        await change(world, command, number, {
          done: `is ${priority} now`,
          make: ({ cases: { changePriority } }, which, terms) =>
            changePriority(which, { priority, ...(reason !== undefined && { reason }) }, terms),
        });
      },
    );
}

interface WaiveOptions extends ChangeOptions {
  readonly metric: Metric;
  readonly cycle?: number;
  readonly reason: string;
}

interface ExplainOptions {
  readonly metric: Metric;
  readonly svg?: string;
  readonly check?: boolean;
}

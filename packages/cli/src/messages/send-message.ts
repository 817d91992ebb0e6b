import type { JsonBodyOf } from "@ithaca/client";
import { spokenNumber } from "@ithaca/domain";
import type { Command } from "commander";
import { readCaseNumber } from "../cases/case-number.ts";
import { fromNow } from "../cases/due-text.ts";
import { globalsOf } from "../globals.ts";
import { show } from "../output/json.ts";
import { momentsIn } from "../output/moment.ts";
import { connectToDesk } from "../sign-in/connect-to-desk.ts";
import { needWords, type WordsOptions } from "../words.ts";
import type { World } from "../world.ts";

interface SendOptions extends WordsOptions {
  readonly channel: string;
  readonly subject?: string;
  readonly from?: string;
  readonly fromName?: string;
  readonly account?: string;
  readonly priority?: string;
  readonly case?: string;
  readonly channelMessageId?: string;
  readonly key?: string;
}

/** Adds `ithaca message send`. */
export function addMessageCommands(program: Command, world: World): void {
  program
    .command("message")
    .description("send messages to the desk")
    .command("send [words]")
    .description("send a message as a customer, or as a channel or agent on a customer's behalf")
    .requiredOption("--channel <channel>", "the way in: portal, chat, email, phone, …")
    .option("--subject <subject>", "one line")
    .option("-m, --message <text>", "the words")
    .option("-F, --file <file>", "a file with the words; - is standard input")
    .option("--from <address>", "who wrote it; a customer's sign-in says it for them")
    .option("--from-name <name>", "their name")
    .option("--account <id>", "their account, when the channel knows it")
    .option("--priority <priority>", "what they ask for")
    .option("--case <number>", "the case that they say it is about")
    .option("--channel-message-id <id>", "the channel's own id; the same id and words are the same message")
    .option("--key <key>", "Idempotency-Key; the same key and message are answered and not taken in again")
    .addHelpText(
      "after",
      '\nExamples:\n  ithaca message send --channel portal --subject "Empty invoice" -m "It shows nothing."\n  ithaca message send --channel phone --from jo@lakeside.example --priority high -F call.txt',
    )
    .action(async (argument: string | undefined, options: SendOptions, command: Command) => {
      const globals = globalsOf(command, world.env);
      const { client } = connectToDesk(world, globals);
      const text = await needWords(world, options, argument);
      const receipt = await client.sendMessage(messageOf(world, options, text), {
        ...(options.key !== undefined && { idempotencyKey: options.key }),
      });

      show(world, globals.json, receipt, ({ number, joined, priority, team, dueAt }) => {
        const moments = momentsIn(globals.zone ?? world.zone);
        const due =
          dueAt === undefined
            ? ""
            : `, ${joined ? "answer" : "first response"} due ${moments.dateAndTime(dueAt)} (${fromNow(dueAt, world.now())})`;
        const state = [priority, team].filter((part) => part !== undefined).join(" · ") || "not triaged yet";
        world.out.write(`${spokenNumber(number)} ${joined ? "joined" : "opened"}: ${state}${due}\n`);
      });
    });
}

function messageOf(world: World, options: SendOptions, text: string): JsonBodyOf<"send-message"> {
  const { channel, subject, from, fromName, account, priority } = options;
  return {
    channel,
    channelMessageId: options.channelMessageId ?? world.newId(),
    text,
    ...(subject !== undefined && { subject }),
    ...(priority !== undefined && { requestedPriority: priority }),
    ...(options.case !== undefined && { caseNumber: readCaseNumber(options.case) }),
    ...(from !== undefined && {
      from: {
        address: from,
        ...(fromName !== undefined && { name: fromName }),
        ...(account !== undefined && { accountId: account }),
      },
    }),
  };
}

import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "@ithaca/client";
import { type Command, InvalidArgumentError } from "commander";
import { globalsOf } from "../globals.ts";
import { jsonLine } from "../output/json.ts";
import { type Moments, momentsIn } from "../output/moment.ts";
import { printableLine } from "../output/printable.ts";
import { connectToDesk } from "../sign-in/connect-to-desk.ts";
import type { World } from "../world.ts";
import { positiveInteger } from "./case-command.ts";
import { assigneeOf, type ListedCaseJson } from "./case-json.ts";
import { fromNow } from "./due-text.ts";
import { statusShown } from "./status-shown.ts";

interface WatchOptions {
  readonly team?: string;
  readonly every: number;
  readonly rounds?: number;
}

const EVERY_SECONDS = 2;
const SECOND_MS = 1_000;

/** Adds `ithaca watch`. */
export function addWatchCommand(program: Command, world: World): void {
  program
    .command("watch")
    .description("follow cases live: a line for each change")
    .option("--team <team>", "one team's; the whole desk's when you leave it out")
    .option("--every <seconds>", "how often to ask", seconds, EVERY_SECONDS)
    .option("--rounds <number>", "end after asking so often; without it, when you stop it", positiveInteger)
    .addHelpText("after", "\nExamples:\n  ithaca watch --team main\n  ithaca watch --json=number,status | head")
    .action(async (options: WatchOptions, command: Command) => {
      const globals = globalsOf(command, world.env);
      const { client } = connectToDesk(world, globals);
      const moments = momentsIn(globals.zone ?? world.zone);
      for await (const changed of changesOf(client, options)) {
        world.out.write(
          globals.json === undefined ? lineOf(changed, moments, world) : jsonLine(globals.json, changed.now),
        );
      }
    });
}

interface WatchedChange {
  readonly now: ListedCaseJson;
  /** As it was when it was seen last; undefined the first time. */
  readonly before: ListedCaseJson | undefined;
}

/** The changes of a team's cases from now on, and the last of each case that leaves it. */
async function* changesOf(client: Client, { team, every, rounds }: WatchOptions): AsyncIterable<WatchedChange> {
  const seen = new Map<string, ListedCaseJson>();
  let { cursor } = await client.cases.changes();
  for (let round = 1; ; round += 1) {
    const page = await client.cases.changes({ after: cursor });
    ({ cursor } = page);
    for (const now of page.items) {
      const before = seen.get(now.number);
      if (team !== undefined && now.team !== team && before?.team !== team) continue;
      seen.set(now.number, now);
      yield { now, before };
    }
    if (rounds !== undefined && round >= rounds) return;
    if (!page.more) await sleep(every * SECOND_MS);
  }
}

function lineOf({ now, before }: WatchedChange, moments: Moments, world: World): string {
  const parts = [
    moments.time(now.changedAt),
    now.number,
    what(now, before),
    now.priority ?? "not triaged",
    now.team ?? "no team",
    now.dueAt === undefined ? "no due" : `due ${fromNow(now.dueAt, world.now())}`,
    now.atRisk ? "AT RISK" : "",
    now.subject ?? "",
  ];
  return `${parts
    .filter((part) => part !== "")
    .map(printableLine)
    .join(world.out.isTerminal ? "  " : "\t")}\n`;
}

/** What changed, as far as two looks at the list can tell. */
function what(now: ListedCaseJson, before: ListedCaseJson | undefined): string {
  if (now.version === 1) return "opened";
  if (before === undefined) return statusShown(now);
  if (now.team !== before.team) return `moved to ${now.team ?? "no team"}`;
  const [was, is] = [statusShown(before), statusShown(now)];
  if (was !== is) return `${was} → ${is}`;
  if (now.assigneeId !== before.assigneeId) {
    const assignee = assigneeOf(now);
    return assignee === undefined ? "released" : `${assignee}'s`;
  }
  if (now.priority !== before.priority) return `${before.priority ?? "?"} → ${now.priority ?? "?"}`;
  return "changed";
}

function seconds(written: string): number {
  const number = Number(written);
  if (!(number >= 0)) throw new InvalidArgumentError("It must be a number of seconds.");
  return number;
}

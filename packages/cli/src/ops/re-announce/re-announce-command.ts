import { caseIdOf, Instant } from "@ithaca/domain";
import type { Command } from "commander";
import * as z from "zod/mini";
import { readCaseNumber } from "../../cases/case-number.ts";
import { EXIT } from "../../exit-codes.ts";
import { Failure } from "../../failure.ts";
import { globalsOf } from "../../globals.ts";
import { show } from "../../output/json.ts";
import type { World } from "../../world.ts";
import { type StackOption, withStack } from "../stack-option.ts";

interface ReAnnounceOptions extends StackOption {
  readonly case?: string;
  readonly since?: string;
  readonly until?: string;
  readonly all?: true;
}

/** Adds `ithaca re-announce`. */
export function addReAnnounceCommand(program: Command, world: World): void {
  withStack(
    program.command("re-announce").description("tell the event bus of facts again, for a new subscriber"),
    world,
  )
    .option("--case <number>", "those of one case")
    .option("--since <instant>", "those recorded from then on, such as 2026-03-01T00:00:00Z")
    .option("--until <instant>", "those recorded before then")
    .option("--all", "every fact that the desk has")
    .addHelpText(
      "after",
      `
Everybody who listens to the bus hears these facts again: a subscriber knows a fact by its case, version and index. Mail,
timers and whatever else was owed are not repeated. Without --case the whole table is read.
Examples:
  ithaca re-announce --since 2026-03-01T00:00:00Z
  ithaca re-announce --case 148203917`,
    )
    .action(async (options: ReAnnounceOptions, command: Command) => {
      const wanted = wantedBy(options);
      const [{ openDesk }, { reAnnounce }, { publisherFunction }] = await Promise.all([
        import("../open-desk.ts"),
        import("./re-announce.ts"),
        import("./publisher-function.ts"),
      ]);
      const { store } = await openDesk(world, options.stack);
      if (wanted.caseId !== undefined && (await store.cases.read(wanted.caseId)) === undefined) {
        throw new Failure(`There is no case ${options.case}.`, EXIT.notThere);
      }
      const done = await reAnnounce(store, publisherFunction(options.stack), wanted, ({ published }) =>
        world.err.write(`${published} appends …\n`),
      );
      show(world, globalsOf(command, world.env).json, done, () =>
        world.out.write(`Announced the facts of ${done.published} appends.\n`),
      );
      if (done.failed > 0) throw new Failure(`${done.failed} could not be announced: the publisher's log says why.`);
    });
}

function wantedBy({ case: number, since, until, all }: ReAnnounceOptions) {
  if (number === undefined && since === undefined && all === undefined) {
    throw new Failure("Which facts? Give --case NUMBER, --since INSTANT or --all.", EXIT.usage);
  }
  return {
    ...(number !== undefined && { caseId: caseIdOf(readCaseNumber(number)) }),
    ...(since !== undefined && { since: instantOfOption(since) }),
    ...(until !== undefined && { until: instantOfOption(until) }),
  };
}

function instantOfOption(written: string): Instant {
  const read = z.safeDecode(Instant, written);
  if (!read.success) throw new Failure(`${written} is no instant; write it as 2026-03-01T09:00:00Z.`, EXIT.usage);
  return read.data;
}

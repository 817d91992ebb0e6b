import type { CasesCounted } from "@ithaca/store";
import type { Command } from "commander";
import { globalsOf } from "../globals.ts";
import { show } from "../output/json.ts";
import type { World } from "../world.ts";
import { type StackOption, withStack } from "./stack-option.ts";

/** After so many cases the command says how far it is. */
const TOLD_EVERY = 1_000;

/** Adds `ithaca recount`. */
export function addRecountCommand(program: Command, world: World): void {
  withStack(
    program.command("recount").description("count the cases and promises that are older than the desk's counts"),
    world,
  )
    .addHelpText(
      "after",
      `
What "ithaca case counts" and "ithaca report attainment" tell is kept with every change. A case that was last changed before
the desk kept counts is in none, and a promise that came out before is in no report, until they are counted here. The desk may be running; nothing is ever counted twice, so a run that was broken off is run
again. The whole table is read.
Example:
  ithaca recount`,
    )
    .action(async ({ stack }: StackOption, command: Command) => {
      const [{ openDesk }, { countCases }] = await Promise.all([import("./open-desk.ts"), import("@ithaca/store")]);
      const { store } = await openDesk(world, stack);
      const done = await lastOf(countCases(store), ({ looked }) => world.err.write(`${looked} cases looked at …\n`));
      show(world, globalsOf(command, world.env).json, done, () => world.out.write(`${sentence(done)}\n`));
    });
}

async function lastOf(progress: AsyncIterable<CasesCounted>, tell: (now: CasesCounted) => void): Promise<CasesCounted> {
  let last: CasesCounted = { looked: 0, counted: 0, attained: 0, newer: 0 };
  for await (const now of progress) {
    if (Math.floor(now.looked / TOLD_EVERY) > Math.floor(last.looked / TOLD_EVERY)) tell(now);
    last = now;
  }
  return last;
}

function sentence({ looked, counted, attained, newer }: CasesCounted): string {
  const left = newer === 0 ? "" : ` ${newer} were written by newer code, and are left to it.`;
  return `${counted} of ${looked} cases were in no count, and promises of ${attained} in no report; they are now.${left}`;
}

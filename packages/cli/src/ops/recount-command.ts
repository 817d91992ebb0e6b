import type { CasesCounted } from "@ithaca/store";
import type { Command } from "commander";
import { globalsOf } from "../globals.ts";
import { show } from "../output/json.ts";
import type { World } from "../world.ts";
import { type StackOption, withStack } from "./stack-option.ts";

/** After so many newly counted cases the command says how far it is. */
const TOLD_EVERY = 1_000;

/** Adds `ithaca recount`. */
export function addRecountCommand(program: Command, world: World): void {
  withStack(program.command("recount").description("count the cases that no list's count has yet"), world)
    .addHelpText(
      "after",
      `
The counts of "ithaca case counts" are kept with every change. A case that was last changed before the desk kept counts is in
none until it is counted here. The desk may be running; a case is never counted twice, so a run that was broken off is run
again. The whole table is read.
Example:
  ithaca recount`,
    )
    .action(async ({ stack }: StackOption, command: Command) => {
      const [{ openDesk }, { countCases }] = await Promise.all([import("./open-desk.ts"), import("@ithaca/store")]);
      const { store } = await openDesk(world, stack);
      const done = await lastOf(countCases(store), ({ counted }) => world.err.write(`${counted} cases counted …\n`));
      show(world, globalsOf(command, world.env).json, done, () => world.out.write(`${sentence(done)}\n`));
    });
}

async function lastOf(progress: AsyncIterable<CasesCounted>, tell: (now: CasesCounted) => void): Promise<CasesCounted> {
  let last: CasesCounted = { looked: 0, counted: 0, newer: 0 };
  for await (const now of progress) {
    if (Math.floor(now.counted / TOLD_EVERY) > Math.floor(last.counted / TOLD_EVERY)) tell(now);
    last = now;
  }
  return last;
}

function sentence({ looked, counted, newer }: CasesCounted): string {
  const left = newer === 0 ? "" : ` ${newer} were written by newer code, and are left to it.`;
  return `${counted} of ${looked} cases were in no count, and are now.${left}`;
}

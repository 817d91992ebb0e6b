import { type Options, readOptions } from "./options.ts";
import { replayLine } from "./replay-line.ts";
import { runCommand } from "./run-command.ts";
import { ON_TERMINAL, type Teller } from "./teller.ts";
import { USAGE } from "./usage.ts";
import { WorldBroke } from "./world-broke.ts";

/** What is asked for is loaded once it is known: whoever asks for something else need not wait for it. */
const MODES: Readonly<Record<Options["mode"], (options: Options, teller: Teller) => Promise<number>>> = {
  run: async (...asked) => (await import("./run.ts")).run(...asked),
  replay: async (...asked) => (await import("./replay.ts")).replay(...asked),
  determinism: async (...asked) => (await import("./repeat.ts")).repeat(...asked),
  mutants: async (...asked) => (await import("./judge-mutants.ts")).judgeMutants(...asked),
};

async function livedThrough(options: Options): Promise<number> {
  try {
    return await MODES[options.mode](options, ON_TERMINAL);
  } catch (error) {
    if (!(error instanceof WorldBroke)) throw error;
    const { without, mutant } = options;
    ON_TERMINAL.say(`✗ ${error.message}\n  ${replayLine({ ...error.world, without, mutant: mutant?.id })}`);
    return 1;
  }
}

// Threads that live through other worlds may still run when one broke.
const args = process.argv.slice(2);
process.exit(await runCommand({ name: "simulate", usage: USAGE, args }, () => livedThrough(readOptions(args))));

import { BAD_OPTIONS_CODE, BadOptions, refusalOf } from "./bad-options.ts";
import { type Options, readOptions } from "./options.ts";
import { replayLine } from "./replay-line.ts";
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

async function main(args: readonly string[]): Promise<number> {
  if (args.includes("--help")) {
    process.stdout.write(USAGE);
    return 0;
  }
  try {
    const options = readOptions(args);
    return await livedThrough(options);
  } catch (error) {
    if (!(error instanceof BadOptions)) throw error;
    ON_TERMINAL.say(refusalOf(error, "simulate"));
    return BAD_OPTIONS_CODE;
  }
}

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
process.exit(await main(process.argv.slice(2)));

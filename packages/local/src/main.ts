#!/usr/bin/env node
import { runOnce } from "./once.ts";
import { parseStartOptions, type StartOptions, USAGE } from "./options.ts";
import { serve } from "./serve.ts";
import { StepFailed } from "./steps.ts";

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Reads the command line, starts what it asks for, and gives back the exit code. */
async function main(args: readonly string[]): Promise<number> {
  let options: StartOptions;
  try {
    options = parseStartOptions(args);
  } catch (error) {
    process.stderr.write(`✗ ${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  try {
    await (options.once ? runOnce(options, write) : serve(options, write));
    return 0;
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    process.stderr.write(`✗ ${error.step}: ${error.message}\n`);
    return 1;
  }
}

process.exit(await main(process.argv.slice(2)));

import { type ParseArgsConfig, parseArgs } from "node:util";

/** A command was asked for what it cannot do: the message says what is wrong. It ends with `BAD_OPTIONS_CODE`. */
export class BadOptions extends Error {
  override readonly name = "BadOptions";
}

const BAD_OPTIONS_CODE = 2;

/** Reads the options of a command line. Throws BadOptions when one is not known, lacks its value, or is no option at all. */
export function parseOptions<Options extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // What follows is advice on how to write a file's name that begins with a dash.
    const [what = error.message] = error.message.split(". ");
    throw new BadOptions(what.split("\n")[0]);
  }
}

/** The whole number that an option is given. Throws BadOptions when it is none, or less or more than it may be. */
export function wholeNumber(name: string, text: string, [least, most]: readonly [number, number]): number {
  if (!/^[0-9]{1,12}$/.test(text)) throw new BadOptions(`--${name} is a whole number, not "${text}"`);
  const value = Number(text);
  if (value < least || value > most) throw new BadOptions(`--${name} is from ${least} to ${most}, not ${text}`);
  return value;
}

/** The one line that says what is wrong with the options of a command, and what to do. */
export function refusalOf(error: BadOptions, command: string): string {
  return `✗ ${error.message}. All options: npm run ${command} -- --help`;
}

/**
 * Does the work of a command and gives its exit code. `--help` prints the usage instead; for options that are wrong one line
 * says what is, and what to do.
 */
export async function runCommand(
  { name, usage, args }: { readonly name: string; readonly usage: string; readonly args: readonly string[] },
  work: () => Promise<number>,
): Promise<number> {
  if (args.includes("--help")) {
    process.stdout.write(usage);
    return 0;
  }
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BadOptions)) throw error;
    process.stderr.write(`${refusalOf(error, name)}\n`);
    return BAD_OPTIONS_CODE;
  }
}

import { readFileSync } from "node:fs";
import { EXIT } from "./exit-codes.ts";
import { Failure } from "./failure.ts";
import type { World } from "./world.ts";

/** Where the words of a message come from; the options of every command that writes something. */
export interface WordsOptions {
  readonly message?: string;
  /** A file; `-` is standard input. */
  readonly file?: string;
}

/** The words: by -m, by -F, or by `-` or a pipe from standard input. Undefined when there is nowhere to take them from. */
export async function findWords(
  world: World,
  { message, file }: WordsOptions,
  argument: string | undefined,
): Promise<string | undefined> {
  const sources = [message, file, argument].filter((source) => source !== undefined);
  if (sources.length > 1) throw new Failure("Give the words once: by -m, by -F, or as an argument.", EXIT.usage);
  if (message !== undefined) return message;
  if (file === "-" || argument === "-") return await world.input.read();
  if (file !== undefined) return readTextFile(file);
  return argument;
}

/** The words of a command that cannot do without: a pipe is read, or an editor opened, when nothing else is given. */
export async function needWords(world: World, options: WordsOptions, argument: string | undefined): Promise<string> {
  const given = await findWords(world, options, argument);
  const words =
    given ??
    (world.input.isTerminal ? await world.edit?.("Write your words, save and close.") : await world.input.read());
  if (words === undefined || words.trim() === "") {
    throw new Failure("No words: give -m TEXT, -F FILE, or - for standard input.", EXIT.usage);
  }
  return words;
}

/**
 * The words of a command that can do without. What is piped in without a `-` is refused, for it may be meant for another
 * command, and must neither be sent to a customer nor be lost without a word.
 */
export async function mayHaveWords(
  world: World,
  options: WordsOptions,
  argument: string | undefined,
): Promise<string | undefined> {
  const given = await findWords(world, options, argument);
  if (given === undefined && !world.input.isTerminal && (await world.input.read()).trim() !== "") {
    throw new Failure(
      "Words came on standard input: give - to send them, or < /dev/null to do without. Nothing was done.",
      EXIT.usage,
    );
  }
  return given;
}

/** A file as text. Throws a Failure that names it when it cannot be read. */
export function readTextFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new Failure(`${path} cannot be read.`);
  }
}

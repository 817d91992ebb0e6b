import { ProblemError, request } from "@ithaca/client";
import type { Command } from "commander";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { globalsOf } from "../globals.ts";
import { connectToDesk } from "../sign-in/connect-to-desk.ts";
import { readTextFile } from "../words.ts";
import type { World } from "../world.ts";

interface RawOptions {
  readonly body?: string;
  readonly file?: string;
  readonly header: readonly string[];
}

const METHODS: readonly string[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Adds `ithaca api`: any request, for what has no command yet. */
export function addApiCommand(program: Command, world: World): void {
  program
    .command("api <method> <path>")
    .description("send any request to the API and print the answer")
    .option("--body <json>", "the body")
    .option("-F, --file <file>", "a file with the body; - is standard input")
    .option("-H, --header <header>", 'a header such as "if-match: \\"3\\""; may be repeated', collect, [])
    .addHelpText(
      "after",
      '\nExamples:\n  ithaca api GET /v1/me\n  ithaca api PUT /v1/cases/148203917/assignee --body \'{"assignee":"me"}\' -H \'if-match: "3"\'',
    )
    .action(async (method: string, path: string, options: RawOptions, command: Command) => {
      const { options: connection } = connectToDesk(world, globalsOf(command, world.env));
      const body = await findBody(world, options);
      const asked = {
        method: checkedMethod(method),
        path: checkedPath(path),
        headers: { "idempotency-key": world.newId(), ...Object.fromEntries(options.header.map(readHeader)) },
        ...(body !== undefined && { body }),
      };

      try {
        const response = await request(connection, asked);
        world.out.write(`${pretty(await response.text())}\n`);
      } catch (error) {
        // Whoever sends raw requests wants to read the whole answer, on top of the line that says what it means.
        if (error instanceof ProblemError) world.out.write(`${JSON.stringify(error.problem, null, 2)}\n`);
        throw error;
      }
    });
}

async function findBody(world: World, { body, file }: RawOptions): Promise<unknown> {
  const text = file === "-" ? await world.input.read() : file === undefined ? body : readTextFile(file);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure("The body is not JSON.", EXIT.usage);
  }
}

function checkedMethod(method: string): string {
  const upper = method.toUpperCase();
  if (METHODS.includes(upper)) return upper;
  throw new Failure(`${method} is no method: ${METHODS.join(", ")}.`, EXIT.usage);
}

function checkedPath(path: string): string {
  if (path.startsWith("/")) return path;
  throw new Failure(`The path begins with /, such as /v1/me; ${path} does not.`, EXIT.usage);
}

function readHeader(written: string): [string, string] {
  const at = written.indexOf(":");
  if (at < 1) throw new Failure(`${written} is no header; write it as "name: value".`, EXIT.usage);
  return [written.slice(0, at).trim().toLowerCase(), written.slice(at + 1).trim()];
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

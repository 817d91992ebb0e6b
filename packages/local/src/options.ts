import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { PROJECT_ROOT } from "./project.ts";

/** What `npm start` was asked for. */
export interface StartOptions {
  readonly once: boolean;
  readonly fresh: boolean;
  readonly sample: boolean;
  readonly help: boolean;
  readonly dataDir: string;
  /** Undefined: any free one. */
  readonly port: number | undefined;
}

/** Where the desk listens unless told otherwise, so that its addresses stay the same from day to day. */
export const DEFAULT_PORT = 7400;

const LOWEST_PORT = 1024;
const HIGHEST_PORT = 65_535;

/** What `npm start -- --help` prints. */
export const USAGE = `Starts Ithaca on this machine: an emulated AWS, the deployed app, an inbox, and a demo desk.

  npm start                     and Ctrl-C to stop; the next start has the data of the last one
  npm start -- --once           one message from its arrival to its breach, on fresh state; then stops (exit code 0 or 1)

  --port N        the port of the API and of the local cloud (default ${DEFAULT_PORT}; with --once any free one)
  --data-dir DIR  where data, logs and mail are kept (default .ithaca/desk; with --once .ithaca/once)
  --fresh         forgets the data of the last start
  --no-sample     does not send the sample message of a first start
  --help          this page
`;

/** Reads the command line of `npm start`. Throws an Error that says what is wrong with it. */
export function parseStartOptions(args: readonly string[], cwd: string = process.cwd()): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    allowPositionals: false,
    options: {
      once: { type: "boolean", default: false },
      fresh: { type: "boolean", default: false },
      "no-sample": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      port: { type: "string" },
      "data-dir": { type: "string" },
    },
  });
  const { once, fresh, help } = values;
  const dataDir = values["data-dir"];
  if (dataDir === "") throw new Error("--data-dir takes the name of a folder");
  return {
    once,
    fresh: fresh || once,
    sample: !values["no-sample"],
    help,
    dataDir: dataDir === undefined ? join(PROJECT_ROOT, ".ithaca", once ? "once" : "desk") : resolve(cwd, dataDir),
    port: portOf(values.port, once),
  };
}

function portOf(text: string | undefined, once: boolean): number | undefined {
  if (text === undefined) return once ? undefined : DEFAULT_PORT;
  const port = Number(text);
  // The inbox takes the port after it.
  if (/^\d+$/.test(text) && port >= LOWEST_PORT && port < HIGHEST_PORT) return port;
  throw new Error(`--port takes a number from ${LOWEST_PORT} to ${HIGHEST_PORT - 1}, not "${text}"`);
}

import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEMO_PASSWORD } from "@ithaca/local";
import type { DeskUnderTest } from "./start-desk.ts";

/** How a command ended. */
export interface CommandEnding {
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
}

/** The `ithaca` command as a person types it at one desk. */
export interface Ithaca {
  /** Runs a command and gives back what it printed. Throws with its errors when it does not exit with 0. */
  run(...args: readonly string[]): Promise<string>;
  /** Runs a command that is expected to fail. */
  tryTo(...args: readonly string[]): Promise<CommandEnding>;
}

type At = Pick<DeskUnderTest, "environment" | "apiUrl">;

const ROOT = join(import.meta.dirname, "..", "..");
const MAIN = join(ROOT, "packages", "cli", "src", "main.ts");
const COMMAND_TIMEOUT_MS = 120_000;

/** The command with what ops have: credentials of the cloud, and no sign-in. */
export function opsCommand({ environment }: At): Ithaca {
  return commandIn(environment);
}

/** The command of a machine, which brings its token along. */
export function machineCommand({ environment }: At, token: string): Ithaca {
  return commandIn({ ...environment, ITHACA_TOKEN: token });
}

/** The command of somebody who has signed in by it, with a configuration of their own. */
export async function signedInCommand(desk: At, username: string): Promise<Ithaca> {
  const env = { ...desk.environment, XDG_CONFIG_HOME: mkdtempSync(join(tmpdir(), "ithaca-journey-")) };
  const logIn = ["login", "--stack", "Ithaca", "--api", desk.apiUrl, "--username", username, "--password-stdin"];
  const ending = await runCommand(logIn, env, `${DEMO_PASSWORD}\n`);
  if (ending.exitCode !== 0) throw new Error(`${username} could not sign in: ${ending.errors}`);
  return commandIn(env);
}

function commandIn(env: Readonly<Record<string, string>>): Ithaca {
  const tryTo = (...args: readonly string[]) => runCommand(args, env, "");
  return {
    tryTo,
    run: async (...args) => {
      const { exitCode, output, errors } = await tryTo(...args);
      if (exitCode !== 0) throw new Error(`ithaca ${args.join(" ")} ended with ${exitCode}:\n${errors}${output}`);
      return output;
    },
  };
}

function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input: string,
): Promise<CommandEnding> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { cwd: ROOT, env, timeout: COMMAND_TIMEOUT_MS });
    const printed = { output: "", errors: "" };
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      printed.output += chunk;
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      printed.errors += chunk;
    });
    child.stdin.on("error", () => {}).end(input);
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, ...printed }));
  });
}

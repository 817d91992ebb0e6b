import { join } from "node:path";
import { lastLines } from "./log-end.ts";
import type { Processes } from "./processes.ts";
import { PROJECT_ROOT, tool } from "./project.ts";

/** The product's own command, `ithaca`, pointed at one desk. */
export interface Cli {
  /** Runs a command to its end and gives back what it printed. Throws with the end of it when the command fails. */
  run(args: readonly string[], timeoutSeconds: number, onLine?: (line: string) => void): Promise<string>;
}

const MAIN = join(PROJECT_ROOT, "packages", "cli", "src", "main.ts");

/** The `ithaca` command with an environment that names the desk. */
export function createCli(processes: Processes, env: Readonly<Record<string, string>>): Cli {
  return {
    async run(args, timeoutSeconds, onLine) {
      const command = `ithaca ${args[0] ?? ""}`;
      const plan = { name: command, program: tool("node"), args: [MAIN, ...args], cwd: PROJECT_ROOT, env };
      const ending = await processes.run(plan, onLine ? { timeoutSeconds, onLine } : { timeoutSeconds });
      if (ending.timedOut) throw new Error(`${command} took longer than ${timeoutSeconds} s`);
      if (ending.code !== 0) throw new Error(`${command} failed:\n${lastLines(ending.output)}`);
      return ending.output;
    },
  };
}

// What each npm script does once the project is installed. Every command runs on the project's own Node.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Stop } from "./announce.mjs";
import { PROJECT_NODE, projectEnvironment, ROOT, run } from "./child.mjs";

const PROGRAMS = {
  start: "packages/local/src/main.ts",
  bench: "test/bench/run.ts",
  "upgrade-test": "test/upgrade/run.ts",
  ithaca: "packages/cli/src/main.ts",
  simulate: "test/simulation/main.ts",
  "kill-tests": "test/simulation/kill/run.ts",
  "compare-tables": "test/simulation/differential/main.ts",
  schemathesis: "test/schemathesis/run.ts",
};
const SUITES = { test: ["scripts/suite.mjs", "all"], check: ["scripts/suite.mjs", "check"] };

/** The commands that need the local cloud, and so Python, on this machine. */
export const LOCAL_CLOUD_COMMANDS = new Set([
  "start",
  "test",
  "bench",
  "upgrade-test",
  "kill-tests",
  "compare-tables",
  "schemathesis",
]);

/** Stops when there is no such command, before anything is installed for it. */
export function requireCommand(command) {
  if (Object.hasOwn(PROGRAMS, command) || Object.hasOwn(SUITES, command)) return;
  const known = [...Object.keys(PROGRAMS), ...Object.keys(SUITES)].join(", ");
  throw new Stop(`There is no command "${command}". The commands are: ${known}.`);
}

/** Runs one command to its end and gives back its exit code. */
export async function runCommand(command, args) {
  const [program, ...own] = SUITES[command] ?? [PROGRAMS[command]];
  if (!existsSync(join(ROOT, program))) throw new Stop(`${program} is missing: restore it with git, then try again.`);

  const { code } = await run(PROJECT_NODE, [join(ROOT, program), ...own, ...args], {
    env: projectEnvironment(),
    input: "inherit",
  });
  return code;
}

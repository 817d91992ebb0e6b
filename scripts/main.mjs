// The one door of the two commands (npm start, npm test) and of their smaller relations. It runs on whatever Node the
// machine has, installs what the project needs, and hands over to the project's own Node. The npm scripts exec run.cjs, so
// that a signal that is sent to npm reaches it.
import process from "node:process";
import { fail, Stop } from "./announce.mjs";
import { LOCAL_CLOUD_COMMANDS, requireCommand, runCommand } from "./commands.mjs";
import { ensureNodeModules } from "./node-packages.mjs";
import { ensurePythonPackages } from "./python-packages.mjs";

async function main([command = "", ...args]) {
  requireCommand(command);
  await ensureNodeModules();
  if (LOCAL_CLOUD_COMMANDS.has(command)) await ensurePythonPackages();
  return runCommand(command, args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  fail(error.message);
  process.exitCode = 1;
}

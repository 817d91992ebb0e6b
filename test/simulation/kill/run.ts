import { startVitest } from "vitest/node";
import { parseOptions, runCommand } from "../run-command.ts";

const USAGE = `npm run kill-tests

  Deploys the desk on the local cloud and kills the processes of each function between a message and its escalation,
  at each of their calls of AWS, before it and after its answer; then every case must be whole. It takes some minutes.
  npm test does this for one function. There is nothing to choose.

  --help    this page

Exit codes: 0 every case was whole; 1 one was not, or there was no test; 2 the options are wrong: nothing was run.
`;

/** All core flows; npm test runs one of them. A run in which no test passed has shown nothing. */
async function killAll(): Promise<number> {
  process.env.ITHACA_KILL_TESTS = "all";
  const options = { run: true, project: ["healing-journeys"] };
  const vitest = await startVitest("test", ["test/journeys/killed-workers"], options);
  await vitest.close();
  const tests = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()]);
  const isWhole = tests.length > 0 && tests.every((one) => one.result().state === "passed");
  return isWhole && vitest.state.getUnhandledErrors().length === 0 ? 0 : 1;
}

const args = process.argv.slice(2);
process.exitCode = await runCommand({ name: "kill-tests", usage: USAGE, args }, () => {
  parseOptions(args, {});
  return killAll();
});

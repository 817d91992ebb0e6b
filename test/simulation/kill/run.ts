import { startVitest } from "vitest/node";

// All core flows; npm test runs one of them.
process.env.ITHACA_KILL_TESTS = "all";
const vitest = await startVitest("test", ["test/journeys/killed-workers"], { run: true, project: ["journeys"] });
await vitest.close();
process.exitCode = vitest.state.getCountOfFailedTests() > 0 || vitest.state.getUnhandledErrors().length > 0 ? 1 : 0;

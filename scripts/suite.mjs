// The whole test suite (all) or its fast part (check). Each program counts as one test; the last line has the sums.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fail, step } from "./announce.mjs";
import { PROJECT_NODE, projectEnvironment, ROOT, run } from "./child.mjs";
import { runLane } from "./lane.mjs";
import { countTests, failures } from "./test-results.mjs";

const RESULTS = join(ROOT, ".build", "results");

const TYPES = { name: "types", program: "tsc", args: ["-b"], timeoutSeconds: 300 };
const LINT = { name: "lint", program: "biome", args: ["check", "."], timeoutSeconds: 120 };
const UNUSED = { name: "unused code", program: "knip", args: [], timeoutSeconds: 120 };
const UNIT = { name: "unit tests", project: "unit", timeoutSeconds: 600 };
const DEEP = { name: "deep tests", project: "deep", timeoutSeconds: 900 };
const JOURNEYS = { name: "journeys on the local cloud", project: "journeys", timeoutSeconds: 900 };

/** What the upgrade test exits with when there is no earlier commit to upgrade from. */
const NOTHING_EARLIER = 3;
const UPGRADE = {
  name: "upgrade of a desk in use",
  program: "node",
  args: [join("test", "upgrade", "run.ts")],
  skippedCode: NOTHING_EARLIER,
  timeoutSeconds: 900,
};
const HEALING = { name: "journeys that wait for healing", project: "healing-journeys", timeoutSeconds: 900 };
const MOVING = { name: "journeys of moves and hand-overs", project: "moving-journeys", timeoutSeconds: 900 };

/**
 * Lanes run side by side, the steps of a lane one after the other, and parts in a list of their own at the same time. The
 * lanes `that wait` look at the clock, for a desk's hours or for healing, and leave the cores idle most of the time; those
 * `that compute` use whatever the others leave.
 */
const SUITES = {
  check: { thatCompute: [[[TYPES, LINT], UNIT]], thatWait: [] },
  all: {
    thatCompute: [[[TYPES, LINT, UNUSED], UNIT, DEEP]],
    thatWait: [[JOURNEYS], [UPGRADE], [MOVING], [HEALING]],
  },
};

/** How much nicer is what computes: half of a core is left to it where both want all. */
const GIVES_WAY = 5;

async function main([suite = "all"]) {
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });

  const { thatCompute, thatWait } = SUITES[suite];
  // Where several write to one terminal, as they do to the log of continuous integration, none may draw over the others.
  const env = thatWait.length > 0 ? { ...projectEnvironment(), CI: "true" } : projectEnvironment();
  const lanes = [
    ...thatWait.map((lane) => runLane(lane, (part) => runPart(part, { env }))),
    ...thatCompute.map((lane) => runLane(lane, (part) => runPart(part, { env, niceness: GIVES_WAY }))),
  ];
  const counts = (await Promise.all(lanes)).flat();
  // A long log scrolls away: what failed is named once more at the end.
  for (const { failures: titles } of counts) for (const title of titles) fail(title);
  const [passed, failed] = [sumOf(counts, "passed"), sumOf(counts, "failed")];
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

function runPart(part, how) {
  const work = () => (part.project ? runTests(part, how) : runProgram(part, how));
  return step(part.name, work, (counted) => counted.failed === 0);
}

/** A program is one test; one that says that there is nothing to test counts as none. */
async function runProgram({ name, program, args, skippedCode, timeoutSeconds }, how) {
  const { code, timedOut } = await run(tool(program), args, { ...how, timeoutSeconds });
  if (code === 0) return { passed: 1, failed: 0, failures: [] };
  if (code === skippedCode && !timedOut) return { passed: 0, failed: 0, failures: [] };
  const why = timedOut ? `took longer than ${timeoutSeconds} s` : `ended with ${code}`;
  return { passed: 0, failed: 1, failures: [`${name} ${why}`] };
}

async function runTests({ name, project, timeoutSeconds }, how) {
  const results = join(RESULTS, `${project}.json`);
  const vitest = [join(ROOT, "node_modules", "vitest", "vitest.mjs"), "run", "--project", project];
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
  const { code, timedOut } = await run(PROJECT_NODE, [...vitest, ...reporters], { ...how, timeoutSeconds });

  const late = timedOut ? [`${name} took longer than ${timeoutSeconds} s`] : [];
  const report = existsSync(results) ? JSON.parse(readFileSync(results, "utf8")) : undefined;
  const counted = countTests(report, code);
  const named = [...late, ...failures(report)];
  if (counted.failed > 0 && named.length === 0) named.push(`${name} ended with ${code}`);
  return { ...counted, failures: named };
}

function sumOf(counts, name) {
  return counts.reduce((sum, counted) => sum + counted[name], 0);
}

function tool(name) {
  return join(ROOT, "node_modules", ".bin", name);
}

process.exitCode = await main(process.argv.slice(2));

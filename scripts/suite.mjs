// The whole test suite (all) or its fast part (check). Each program counts as one test; the last line has the sums.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fail, step } from "./announce.mjs";
import { PROJECT_NODE, projectEnvironment, ROOT, run } from "./child.mjs";
import { countTests, failures } from "./test-results.mjs";

const RESULTS = join(ROOT, ".build", "results");

const TYPES = { name: "types", program: "tsc", args: ["-b"], timeoutSeconds: 300 };
const LINT = { name: "lint", program: "biome", args: ["check", "."], timeoutSeconds: 120 };
const UNUSED = { name: "unused code", program: "knip", args: [], timeoutSeconds: 120 };
const UNIT = { name: "unit tests", project: "unit", timeoutSeconds: 400 };
const DEEP = { name: "deep tests", project: "deep", timeoutSeconds: 600 };
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

/** Parts in a list of their own run at the same time: journeys and the upgrade wait more than they compute. */
const SUITES = {
  check: [[TYPES, LINT], [UNIT]],
  all: [[TYPES, LINT, UNUSED], [UNIT], [DEEP, UPGRADE], [JOURNEYS, HEALING, MOVING]],
};

async function main([suite = "all"]) {
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });

  const sum = { passed: 0, failed: 0 };
  for (const parts of SUITES[suite]) {
    for (const { passed, failed } of await Promise.all(parts.map(runPart))) {
      sum.passed += passed;
      sum.failed += failed;
    }
  }
  process.stdout.write(`${sum.passed} passed, ${sum.failed} failed\n`);
  return sum.failed === 0 && sum.passed > 0 ? 0 : 1;
}

function runPart(part) {
  const work = () => (part.project ? runTests(part) : runProgram(part));
  return step(part.name, work, (counted) => counted.failed === 0);
}

/** A program is one test; one that says that there is nothing to test counts as none. */
async function runProgram({ name, program, args, skippedCode, timeoutSeconds }) {
  const { code, timedOut } = await run(tool(program), args, { env: projectEnvironment(), timeoutSeconds });
  if (timedOut) fail(`${name} took longer than ${timeoutSeconds} s`);
  if (code === skippedCode) return { passed: 0, failed: 0 };
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function runTests({ name, project, timeoutSeconds }) {
  const results = join(RESULTS, `${project}.json`);
  const vitest = [join(ROOT, "node_modules", "vitest", "vitest.mjs"), "run", "--project", project];
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
  const { code, timedOut } = await run(PROJECT_NODE, [...vitest, ...reporters], {
    env: projectEnvironment(),
    timeoutSeconds,
  });

  if (timedOut) fail(`${name} took longer than ${timeoutSeconds} s`);
  const report = existsSync(results) ? JSON.parse(readFileSync(results, "utf8")) : undefined;
  const counted = countTests(report, code);
  // A long log scrolls away: what failed is named once more at the end of its part.
  for (const title of failures(report)) fail(title);
  return counted;
}

function tool(name) {
  return join(ROOT, "node_modules", ".bin", name);
}

process.exitCode = await main(process.argv.slice(2));

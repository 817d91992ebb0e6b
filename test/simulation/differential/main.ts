/**
 * Compares the table in memory, on which everything is simulated, with DynamoDB or what speaks as it does.
 *
 *     npm run compare-tables [-- --endpoint http://127.0.0.1:8000] [--operations 10000] [--seed 2026] [--json]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmptyCloud } from "@ithaca/local";
import { secondsSince } from "../progress.ts";
import { BadOptions, parseOptions, runCommand, wholeNumber } from "../run-command.ts";
import { compareAtEndpoint } from "./compare-at-endpoint.ts";

const USAGE = `npm run compare-tables -- [options]

  --endpoint URL     where DynamoDB is: DynamoDB Local, AWS, any emulator (default $ITHACA_DYNAMODB_ENDPOINT, or a local
                     cloud that is started for it); credentials and region are the environment's
  --operations N     how many operations both tables are asked (default 10000)
  --seed S           which ones (default 2026)
  --json             one JSON object at the end

Exit codes: 0 no difference, 1 a difference or a fault, 2 the options are wrong: nothing was run.`;

const DEFAULTS = { operations: "10000", seed: "2026" } as const;
/** A comparison of nothing would find no difference. */
const LIMITS = { operations: [1, 10_000_000], seed: [0, 999_999_999] } as const;

interface Options {
  readonly endpoint: string | undefined;
  readonly operations: number;
  readonly seed: number;
  readonly json: boolean;
}

/** Throws BadOptions with what is wrong. */
function readOptions(args: readonly string[]): Options {
  const given = parseOptions(args, {
    endpoint: { type: "string" },
    operations: { type: "string" },
    seed: { type: "string" },
    json: { type: "boolean" },
  });
  const endpoint = given.endpoint ?? process.env.ITHACA_DYNAMODB_ENDPOINT;
  if (endpoint !== undefined && !URL.canParse(endpoint)) throw new BadOptions(`--endpoint is a URL, not ${endpoint}`);
  return {
    endpoint,
    operations: wholeNumber("operations", given.operations ?? DEFAULTS.operations, LIMITS.operations),
    seed: wholeNumber("seed", given.seed ?? DEFAULTS.seed, LIMITS.seed),
    json: given.json ?? false,
  };
}

/** Does something at an endpoint: the one that is given, or that of a local cloud. */
async function atEndpoint<Answer>(given: string | undefined, work: (endpoint: string) => Promise<Answer>) {
  if (given !== undefined) return work(given);
  const folder = mkdtempSync(join(tmpdir(), "ithaca-compare-"));
  const cloud = await startEmptyCloud(join(folder, "cloud"));
  try {
    return await work(cloud.endpoint);
  } finally {
    await cloud.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare({ endpoint, operations, seed, json }: Options): Promise<number> {
  const startedMs = performance.now();
  const differences = await atEndpoint(endpoint, (at) => compareAtEndpoint({ endpoint: at, operations, seed }));
  const seconds = secondsSince(startedMs);
  if (json) process.stdout.write(`${JSON.stringify({ operations, seed, seconds, differences })}\n`);
  else {
    for (const one of differences) process.stdout.write(`✗ ${JSON.stringify(one, shortened)}\n`);
    process.stdout.write(
      `${operations} operations of seed ${seed} in ${seconds} s: ${differences.length} differences\n`,
    );
  }
  return differences.length === 0 ? 0 : 1;
}

const SHOWN_LENGTH = 80;

function shortened(_name: string, value: unknown): unknown {
  return typeof value === "string" && value.length > SHOWN_LENGTH ? `${value.slice(0, SHOWN_LENGTH)}…` : value;
}

const args = process.argv.slice(2);
process.exitCode = await runCommand({ name: "compare-tables", usage: `${USAGE}\n`, args }, () =>
  compare(readOptions(args)),
);

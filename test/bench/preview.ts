/**
 * What a preview takes: the job as it is deployed, over a store in memory, with what it costs on AWS by its reads, writes,
 * messages and processor time; and the command over an export of the same cases. `node test/bench/preview.ts --cases 10000`
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Instant, instantOf, monthsBetween, type Policy, rangeBefore } from "@ithaca/domain";
import { CASES_A_PAGE, foldCases } from "@ithaca/functions/src/what-if/fold-cases";
import { shippedRules } from "@ithaca/policy";
import { exportDesk, type Store } from "@ithaca/store";
import { meter } from "../cost/metered-table.ts";
import { MILLION, PRICES } from "../cost/prices.ts";
import { tableCpuMs } from "../cost/table-cpu.ts";
import { previewDesk } from "./preview-desk.ts";

const NOW = instantOf("2026-06-10T14:00:00Z");
const OVER_DAYS = 90;
const MAIN = join(import.meta.dirname, "..", "..", "packages", "cli", "src", "main.ts");
const MICROSECONDS_IN_MS = 1_000;
const KB = 1_024;
/** What fold-cases has: AWS gives 1,769 MB a whole processor, and less in proportion. */
const MEMORY_MB = 1_024;
const PROCESSOR_SHARE = MEMORY_MB / 1_769;
/** A page waits one after the other for: the job, the list, ten batches of cases, saving, asking for the next. */
const WAITS_A_PAGE = 14;
/** Taken for each of them: nobody measured it on AWS. */
const WAIT_MS = 10;
const REQUESTS_A_MESSAGE = 3;

/** Tells at the end how much memory and processor time a process took. */
const TELLS =
  'data:text/javascript,process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write("\\nUSED "+JSON.stringify([u.maxRSS,u.userCPUTime+u.systemCPUTime]))})';

const { values } = parseArgs({ options: { cases: { type: "string", default: "10000" } } });
const count = Number(values.cases);

/** The shipped policy with an hour for high cases. */
const SHORTER: Policy = {
  ...shippedRules.policy,
  targets: shippedRules.policy.targets.map((rule) =>
    rule.when.priority?.includes("high") === true ? { ...rule, length: { minutes: 60 } } : rule,
  ),
};

const store = await previewDesk(count, NOW);
const tableMs = tableCpuMs(store.table);
const job = await measureJob(store);
const offline = await measureOffline(store, NOW);
process.stdout.write(`${JSON.stringify({ cases: count, job, offline }, null, 2)}\n`);

/** Works off a preview as its queue would; gives how many messages there were, and the longest one. */
async function fold(id: string): Promise<{ messages: number; ownMs: number; slowestMs: number; biggestKb: number }> {
  const range = rangeBefore(NOW, OVER_DAYS);
  await store.previews.start({ id, requestedBy: "prin_bench", bodyHash: id, ...range, policy: SHORTER, calendars: [] });
  const queue = monthsBetween(range.from, range.until).map((month) => ({ previewId: id, month }));
  const ports = {
    ...store,
    count: () => undefined,
    previewPages: { send: async (page: (typeof queue)[number]) => void queue.push(page) },
  };
  const took: number[] = [];
  for (let page = queue.shift(); page !== undefined; page = queue.shift()) {
    const [before, table] = [process.cpuUsage(), tableMs.sum];
    await foldCases(page, ports);
    const { user, system } = process.cpuUsage(before);
    took.push((user + system) / MICROSECONDS_IN_MS - (tableMs.sum - table));
  }
  const done = await store.previews.read(id);
  if (done?.result?.summary.cases !== count)
    throw new Error(`the preview is over ${done?.result?.summary.cases} cases`);
  const sizes = done.months.map((month) => Buffer.byteLength(JSON.stringify(month)) / KB);
  const ownMs = took.reduce((sum, one) => sum + one, 0);
  return { messages: took.length, ownMs, slowestMs: Math.max(...took), biggestKb: Math.max(...sizes) };
}

async function measureJob({ table }: Store) {
  const { messages, ownMs, slowestMs, biggestKb } = await fold("prev_cpu");
  const used = meter(table);
  await fold("prev_units");

  const billedMs = ownMs / PROCESSOR_SHARE + messages * WAITS_A_PAGE * WAIT_MS;
  const dollars = {
    readUnits: (used.readUnits * PRICES.dynamoReadUnits) / MILLION,
    writeUnits: (used.writeUnits * PRICES.dynamoWriteUnits) / MILLION,
    queueRequests: (messages * REQUESTS_A_MESSAGE * PRICES.queueRequests) / MILLION,
    calls: (messages * PRICES.lambdaRequests) / MILLION,
    gbSeconds: (billedMs / 1_000) * (MEMORY_MB / KB) * PRICES.lambdaGbSecond,
  };
  const sum = Object.values(dollars).reduce((all, one) => all + one, 0);
  return { messages, casesAPage: CASES_A_PAGE, ownMs, slowestMs, biggestKb, ...used, billedMs, dollars, sum };
}

async function measureOffline(from: Store, exportedAt: Instant) {
  const directory = mkdtempSync(join(tmpdir(), "ithaca-bench-preview-"));
  try {
    await exportDesk(from, { directory: join(directory, "export"), exportedAt });
    const file = join(directory, "policy.json");
    writeFileSync(file, JSON.stringify(SHORTER));
    return await command(["policy", "preview", file, "--over", `${OVER_DAYS}d`, "--export", join(directory, "export")]);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function command(args: readonly string[]): Promise<{ seconds: number; cpuSeconds: number; peakMb: number }> {
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", TELLS, MAIN, ...args], { stdio: ["ignore", "ignore", "pipe"] });
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      errors += chunk;
    });
    child.once("error", reject);
    child.once("close", () => {
      const [rssKb = 0, cpuUs = 0] = JSON.parse(/USED (\[.*\])/.exec(errors)?.[1] ?? "[]") as number[];
      if (!errors.includes(`${count} cases in`)) return reject(new Error(errors));
      resolve({ seconds: (performance.now() - begin) / 1_000, cpuSeconds: cpuUs / MILLION, peakMb: rssKb / KB });
    });
  });
}

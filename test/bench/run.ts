/**
 * Measures the whole on this machine: a fresh desk on the local cloud, with everything downstream running.
 *
 *     npm run bench [-- --json] [--cases 400] [--clocks 300]
 */
import { mkdtempSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Desk, startDesk } from "@ithaca/local";
import { type BenchDesk, type BenchPromise, openBenchDesk } from "./bench-desk.ts";
import { type BreachFigures, breachTogether } from "./breach-together.ts";
import { type CreateFigures, createCases, drained } from "./create-cases.ts";
import { figuresAsText } from "./figures-as-text.ts";
import { type Footprint, footprintUnder } from "./footprint.ts";
import { type FunctionCost, functionCosts } from "./function-costs.ts";
import { ownCpuMs } from "./own-cpu.ts";

/** Everything that a run measured. */
export interface Figures {
  readonly machine: { readonly processors: string; readonly memoryGb: number; readonly node: string };
  readonly creates: readonly CreateFigures[];
  readonly breaches: BreachFigures;
  readonly idle: Footprint;
  readonly afterCreates: Footprint;
  readonly afterBreaches: Footprint;
  readonly functions: readonly (FunctionCost & { readonly ownCpuMs?: number | undefined })[];
}

/** Long enough that no clock of the load is due, and soon enough that each has its timer. */
const CALM: BenchPromise = { hours: ["00:00", "24:00"], seconds: 4 * 3_600, warnAtPercents: [50] };
/** What every function is warmed up on: each of them runs once before anything is measured. */
const SHORT: BenchPromise = { ...CALM, seconds: 10 };
const WARM_UP_CASES = 40;
const LIGHT_LOAD_SHARE = 0.15;
const HEAVY_CLIENTS = 8;
const FIRST_SWEEP_TIMEOUT_MS = 150_000;
const POLL_MS = 500;
const GB = 1024 ** 3;

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    cases: { type: "string", default: "400" },
    clocks: { type: "string", default: "300" },
  },
});

const figures = await measure(Number(values.cases), Number(values.clocks));
process.stdout.write(values.json ? `${JSON.stringify(figures, null, 2)}\n` : figuresAsText(figures));
process.exit(0);

async function measure(cases: number, clocks: number): Promise<Figures> {
  const desk = await startDesk({
    dataDir: mkdtempSync(join(tmpdir(), "ithaca-bench-desk-")),
    fresh: true,
    write: (line) => process.stderr.write(`${line}\n`),
  });
  try {
    const load = await measureLoad(desk, await openBenchDesk(desk), cases, clocks);
    await desk.stop();
    return { ...load, machine: machine(), functions: await measureFunctions() };
  } finally {
    await desk.stop();
  }
}

async function measureLoad(desk: Desk, bench: BenchDesk, cases: number, clocks: number) {
  const footprint = () => footprintUnder([desk.cloud.process.pid, desk.inbox.process.pid]);
  const idle = footprint();
  say("warming up, to the breach and back");
  await firstSweep(bench);
  await bench.promise(SHORT);
  await createCases(bench, HEAVY_CLIENTS, WARM_UP_CASES);
  await sleep(SHORT.seconds * 1_000);
  await drained(bench);
  await bench.promise(CALM);

  say("creating cases, one client");
  const { figures: light } = await createCases(bench, 1, Math.round(cases * LIGHT_LOAD_SHARE));
  say(`creating ${cases} cases, ${HEAVY_CLIENTS} clients`);
  const { figures: heavy } = await createCases(bench, HEAVY_CLIENTS, cases);
  const afterCreates = footprint();
  say(`breaching ${clocks} clocks together`);
  const breaches = await breachTogether(bench, clocks);
  return { creates: [light, heavy], breaches, idle, afterCreates, afterBreaches: footprint() };
}

/** A new desk sweeps its wake-ups in its first minute, and what it finds then has two timers; later none has. */
async function firstSweep({ store }: BenchDesk): Promise<void> {
  const giveUpAt = performance.now() + FIRST_SWEEP_TIMEOUT_MS;
  while ((await store.desk.read()).armedUntil < Date.now()) {
    if (performance.now() > giveUpAt) throw new Error("the wake-ups were not swept");
    await sleep(POLL_MS);
  }
}

async function measureFunctions(): Promise<Figures["functions"]> {
  say("weighing the functions");
  const cpu = await ownCpuMs();
  return functionCosts().map((cost) => ({ ...cost, ownCpuMs: cpu[cost.name] }));
}

function machine(): Figures["machine"] {
  const [first] = cpus();
  return {
    processors: `${cpus().length} × ${first?.model.trim() ?? "unknown"}`,
    memoryGb: Math.round(totalmem() / GB),
    node: process.version,
  };
}

function say(line: string): void {
  process.stderr.write(`· ${line}\n`);
}

/**
 * Business time, side by side in one run on the same calendar: a day loop as one writes it with luxon,
 * moment-business-time, and ours, cold and warm.
 *
 *     node test/bench/calendar.ts [--json] [--budget-ms 400]
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  addOpenTime,
  type Calendar,
  compileCalendar,
  explainOpenTime,
  type Instant,
  instantOf,
  type OpenHours,
  openTimeBetween,
} from "@ithaca/domain";
import { shippedCalendars } from "@ithaca/policy";
import { luxonDayLoop, momentBusinessTime, type Rival } from "./calendar-rivals.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const BUSINESS_DAY_MS = 12 * HOUR_MS;
const FIRST_START = instantOf("2026-01-05T14:07:30Z");
const START_STEP_MS = 37 * MINUTE_MS;
const STARTS = 2_000;
const AGREEMENT_STARTS = 200;
const DEFAULT_BUDGET_MS = 400;
const LONG_MS = 0.05;

/** A length of open time to add to a start; `between` and `explain` ask about as many days after it. */
type Task = { readonly name: string; readonly kind: "add" | "between" | "explain"; readonly ms: number };

const TASKS: readonly Task[] = [
  { name: "add 120 minutes", kind: "add", ms: 120 * MINUTE_MS },
  { name: "add 24 hours", kind: "add", ms: 24 * HOUR_MS },
  { name: "add 10 business days", kind: "add", ms: 10 * BUSINESS_DAY_MS },
  { name: "add 1 business year (250 days)", kind: "add", ms: 250 * BUSINESS_DAY_MS },
  { name: "between, over 1 year", kind: "between", ms: 365 * 24 * HOUR_MS },
  { name: "explain a week", kind: "explain", ms: 7 * 24 * HOUR_MS },
];

/** Operations a second (of processor time) of each contender, and of how many answers it gives the same as ours. */
export type CalendarFigure = {
  readonly task: string;
  readonly operationsPerSecond: Readonly<Record<string, number>>;
  readonly sameAnswers: Readonly<Record<string, string>>;
};

/** Everything that the run measured. */
export type CalendarFigures = {
  readonly figures: readonly CalendarFigure[];
  /** The first compilation of the process, which reads the zone, and a later one of a calendar in the same zone. */
  readonly firstCompileMs: number;
  readonly laterCompileMs: number;
  readonly kilobytesPerYear: number;
};

/** Runs the comparison; each contender has `budgetMs` of processor time for each task. */
export function benchCalendar(budgetMs = DEFAULT_BUDGET_MS): CalendarFigures {
  const [calendar] = shippedCalendars();
  if (calendar === undefined) throw new Error("no calendar is shipped");

  const firstCompileMs = elapsed(() => compileCalendar(calendar).year(2026));
  const laterCompileMs = median(Array.from({ length: 25 }, () => elapsed(() => compileCalendar(calendar).year(2026))));
  const hours = compileCalendar(calendar);
  const { opens, closes, before } = hours.year(2026);
  const rivals = [luxonDayLoop(calendar), momentBusinessTime(calendar)];
  return {
    figures: TASKS.map((task) => compare(task, calendar, hours, rivals, budgetMs)),
    firstCompileMs,
    laterCompileMs,
    kilobytesPerYear: (opens.byteLength + closes.byteLength + before.byteLength) / 1_024,
  };
}

function compare(
  task: Task,
  calendar: Calendar,
  hours: OpenHours,
  rivals: readonly Rival[],
  budgetMs: number,
): CalendarFigure {
  const warm = ours(task, () => hours);
  const cold = ours(task, () => compileCalendar(calendar));
  const others = rivals.flatMap((rival) => {
    const run = rivalRun(task, rival);
    return run === undefined ? [] : [[rival.name, run] as const];
  });
  const contenders = [...others, ["ours cold", cold] as const, ["ours warm", warm] as const];
  return {
    task: task.name,
    operationsPerSecond: Object.fromEntries(
      contenders.map(([name, run]) => [name, operationsPerSecond(run, budgetMs)]),
    ),
    sameAnswers: Object.fromEntries(others.map(([name, run]) => [name, sameAnswers(run, warm)])),
  };
}

function ours({ kind, ms }: Task, hours: () => OpenHours): (start: Instant) => number {
  switch (kind) {
    case "add":
      return (start) => addOpenTime(hours(), start, ms);
    case "between":
      return (start) => openTimeBetween(hours(), start, (start + ms) as Instant);
    case "explain":
      return (start) => explainOpenTime(hours(), start, (start + ms) as Instant).length;
  }
}

function rivalRun({ kind, ms }: Task, rival: Rival): ((start: Instant) => number) | undefined {
  switch (kind) {
    case "add":
      return (start) => rival.add(start, ms);
    case "between":
      return (start) => rival.between(start, start + ms);
    case "explain":
      return undefined;
  }
}

function operationsPerSecond(run: (start: Instant) => number, budgetMs: number): number {
  const starts = Array.from({ length: STARTS }, (_, index) => (FIRST_START + index * START_STEP_MS) as Instant);
  // Operations that take long are timed one by one, short ones in batches: asking for the time costs something too.
  // The first call of all reads what it needs, and counts for nothing.
  run(FIRST_START);
  const batch = elapsed(() => run(FIRST_START)) > LONG_MS ? 1 : STARTS;
  let operations = 0;
  let checksum = 0;
  const begin = cpuMs();
  let now = begin;
  while (now - begin < budgetMs) {
    for (let index = 0; index < batch; index += 1) {
      checksum += run(starts[(operations + index) % STARTS] ?? FIRST_START);
    }
    operations += batch;
    now = cpuMs();
  }
  if (Number.isNaN(checksum)) throw new Error("an answer was no number");
  return Math.round((operations / (now - begin)) * 1_000);
}

function sameAnswers(run: (start: Instant) => number, warm: (start: Instant) => number): string {
  const starts = Array.from(
    { length: AGREEMENT_STARTS },
    (_, index) => (FIRST_START + index * START_STEP_MS) as Instant,
  );
  return `${starts.filter((start) => run(start) === warm(start)).length} of ${AGREEMENT_STARTS}`;
}

function elapsed(run: () => unknown): number {
  const begin = cpuMs();
  run();
  return cpuMs() - begin;
}

/** The processor time of this process, in milliseconds: what else the machine does has no part in it. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function printFigures({ figures, firstCompileMs, laterCompileMs, kilobytesPerYear }: CalendarFigures): void {
  for (const { task, operationsPerSecond: rates, sameAnswers: same } of figures) {
    console.log(task);
    for (const [name, rate] of Object.entries(rates)) {
      const agreement = same[name] === undefined ? "" : `   same answers: ${same[name]}`;
      console.log(`  ${name.padEnd(22)} ${rate.toLocaleString("en-US").padStart(12)} a second${agreement}`);
    }
  }
  console.log(`compile a year: first ${firstCompileMs.toFixed(2)} ms, later ${laterCompileMs.toFixed(2)} ms`);
  console.log(`memory: ${kilobytesPerYear.toFixed(1)} KB a calendar-year`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { json: { type: "boolean" }, "budget-ms": { type: "string" } } });
  const found = benchCalendar(Number(values["budget-ms"] ?? DEFAULT_BUDGET_MS));
  if (values.json) console.log(JSON.stringify(found));
  else printFigures(found);
}

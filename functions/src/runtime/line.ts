import { Logger } from "@aws-lambda-powertools/logger";
import { withoutAddresses } from "./without-addresses.ts";

/** The metrics that lines carry appear in CloudWatch under this name, by function (embedded metric format). */
const METRIC_NAMESPACE = "Ithaca";
/** The most faults that one line tells in full: a batch has at most ten records. */
const FAULTS_TOLD_MAX = 10;

type Fields = Readonly<Record<string, string | number | boolean>>;

/** The one line of an invocation, gathered while it runs. */
export interface Line {
  begin(fields?: Fields): void;
  note(fields: Fields): void;
  count(metric: string, by?: number): void;
  /** Measures something; of several values in one invocation the highest is told. A name ends in its unit. */
  measure(metric: string, value: number): void;
  /** Something went wrong inside; the line is logged as an error. */
  fault(error: unknown, where?: Fields): void;
  /** Logs the line. */
  end(): void;
}

/**
 * The log of a function: one structured line an invocation. Never holds what people wrote, nor their addresses, which
 * others' errors quote: SES's refusal of a mail names whom it was to.
 */
export function openLine(functionName: string, write: (line: Record<string, unknown>, failed: boolean) => void): Line {
  let startedMs = 0;
  let coldStart = true;
  let fields: Record<string, string | number | boolean> = {};
  let counts: Record<string, number> = {};
  let measures: Record<string, number> = {};
  let faults: Record<string, unknown>[] = [];

  return {
    begin(first) {
      startedMs = performance.now();
      fields = { ...first };
      counts = {};
      measures = {};
      faults = [];
    },
    note(more) {
      Object.assign(fields, tellable(more));
    },
    count(metric, by = 1) {
      counts[metric] = (counts[metric] ?? 0) + by;
    },
    measure(metric, value) {
      measures[metric] = Math.max(measures[metric] ?? value, value);
    },
    fault(error, where) {
      if (faults.length < FAULTS_TOLD_MAX) faults.push({ ...where, ...tellable(described(error)) });
    },
    end() {
      const durationMs = Math.round((performance.now() - startedMs) * 10) / 10;
      const told = { function: functionName, coldStart, durationMs, ...fields, ...(faults.length > 0 && { faults }) };
      write({ ...told, ...metrics(counts, measures) }, faults.length > 0);
      coldStart = false;
    },
  };
}

/** Lines to standard output, as JSON. */
export function writeLine(functionName: string): Parameters<typeof openLine>[1] {
  const logger = new Logger({ serviceName: functionName });
  return (line, failed) => (failed ? logger.error("failed", line) : logger.info("done", line));
}

function described(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) };
  const cause = error.cause instanceof Error ? { cause: `${error.cause.name}: ${error.cause.message}` } : {};
  return { error: error.name, message: error.message, ...cause, stack: error.stack };
}

/** Fields with no address in any of their texts. */
function tellable<Value>(fields: Readonly<Record<string, Value>>): Record<string, Value | string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === "string" ? withoutAddresses(value) : value]),
  );
}

/** An error as it may leave the process, whose own log tells whatever is thrown out of a handler. */
export function tellableError(error: Error): Error {
  const { name, message, stack } = error;
  const told = new Error(withoutAddresses(message));
  return Object.assign(told, { name, ...(stack !== undefined && { stack: withoutAddresses(stack) }) });
}

/** CloudWatch makes metrics of a line that says which of its fields are some. */
function metrics(counts: Record<string, number>, measures: Record<string, number>): Record<string, unknown> {
  const names = [...Object.keys(counts), ...Object.keys(measures)];
  if (names.length === 0) return {};
  return {
    ...counts,
    ...measures,
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: METRIC_NAMESPACE,
          Dimensions: [["function"]],
          Metrics: names.map((name) => ({ Name: name, Unit: unitOf(name) })),
        },
      ],
    },
  };
}

/** The unit that the end of a metric's name tells, as CloudWatch calls it. */
function unitOf(name: string): "Milliseconds" | "Seconds" | "Count" {
  if (name.endsWith("-ms")) return "Milliseconds";
  return name.endsWith("-seconds") ? "Seconds" : "Count";
}

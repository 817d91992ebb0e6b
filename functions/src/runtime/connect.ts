import { randomBytes, randomInt } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { instant } from "@ithaca/domain";
import type { Line } from "./line.ts";
import type { BasePorts } from "./ports.ts";

/** Makes a handler's ports of its environment; called once a process. A test gives its own. */
export type Connect<Environment, P> = (environment: Environment, line: Pick<Line, "note" | "count" | "measure">) => P;

/** Opens some ports from the variables that they need: `toTable`, `toMail`, … */
type Adapter<Environment, P extends object> = (environment: Environment, base: BasePorts) => P;

type AnyAdapter = Adapter<never, object>;
type Intersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;
type EnvironmentFor<Adapters extends readonly AnyAdapter[]> = Intersection<
  Exclude<Parameters<Adapters[number]>[0], undefined>
>;
type PortsFrom<Adapters extends readonly AnyAdapter[]> = Intersection<ReturnType<Adapters[number]>>;

/** Integers below 2^48, the most that one call of the system's generator gives. */
const RANDOM_BELOW = 2 ** 48 - 1;

/**
 * Connects a function to what its handler uses, and to nothing else, so that no bundle carries a client that it never
 * calls: `onMessage(manifest, sendMail, connect(toTable, toMail))`. The variables that the adapters need must be in the
 * manifest's `env`, and all of `env` comes to the handler as `settings`, or it does not compile.
 */
export function connect<const Adapters extends readonly AnyAdapter[]>(...adapters: Adapters) {
  return <Environment extends EnvironmentFor<Adapters>>(
    environment: Environment,
    line: Pick<Line, "note" | "count" | "measure">,
  ): BasePorts & PortsFrom<Adapters> & { readonly settings: Environment } => {
    const base = basePorts(line);
    const opened = adapters.map((adapter) => (adapter as Adapter<Environment, object>)(environment, base));
    return Object.assign({ settings: environment }, base, ...opened);
  };
}

function basePorts(line: Pick<Line, "note" | "count" | "measure">): BasePorts {
  return {
    clock: () => instant(Date.now()),
    random: () => randomInt(RANDOM_BELOW) / RANDOM_BELOW,
    newId: (prefix) => `${prefix}_${randomBytes(16).toString("hex")}`,
    pause: (ms) => setTimeout(ms),
    note: (fields) => line.note(fields),
    count: (metric, by) => line.count(metric, by),
    measure: (metric, value) => line.measure(metric, value),
  };
}

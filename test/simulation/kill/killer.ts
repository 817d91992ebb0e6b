import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  GetFunctionConfigurationCommand,
  type LambdaClient,
  type TracingMode,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import type { Death } from "./ladder.ts";

/** Kills a process of a function at one of its calls of AWS. */
export interface Killer {
  /** From now on: the process whose invocation makes so many calls first dies at the last of them, or when it was answered. */
  plan(functionName: string, death: Death): void;
  /** Whether a plan was carried out. One that was not is taken away. */
  wasCarriedOut(functionName: string): boolean;
  /** Ends the processes of a function: the next ones remember nothing. */
  forget(functionName: string): Promise<void>;
  /** Gives the functions back their own environment. */
  restore(): Promise<void>;
}

const PRELOAD = pathToFileURL(join(import.meta.dirname, "kill-at-call.mjs")).href;

/** Lets functions of a deployed test desk be killed: each is told of a file of its own, in which its death is planned. */
export async function openKiller(lambda: LambdaClient, functionNames: readonly string[]): Promise<Killer> {
  const folder = mkdtempSync(join(tmpdir(), "ithaca-kill-"));
  const fileOf = (name: string) => join(folder, `${name}.json`);
  const before = new Map<string, Record<string, string>>();
  const underPlan = (name: string, variables: Readonly<Record<string, string>>) => ({
    ...variables,
    NODE_OPTIONS: `--import=${PRELOAD}`,
    KILL_PLAN_FILE: fileOf(name),
  });
  for (const name of functionNames) {
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
    const variables = Environment?.Variables ?? {};
    before.set(name, variables);
    await configure(lambda, name, underPlan(name, variables), "Active");
  }

  return {
    plan: (name, death) => {
      rmSync(`${fileOf(name)}.done`, { force: true });
      // Renamed into its place whole: nobody reads half a plan.
      writeFileSync(`${fileOf(name)}.new`, JSON.stringify({ id: randomUUID(), ...death }));
      renameSync(`${fileOf(name)}.new`, fileOf(name));
    },
    wasCarriedOut: (name) => {
      rmSync(fileOf(name), { force: true });
      return existsSync(`${fileOf(name)}.done`);
    },
    forget: (name) =>
      configure(lambda, name, { ...underPlan(name, before.get(name) ?? {}), KILL_ROUND: randomUUID() }, "Active"),
    restore: async () => {
      for (const [name, variables] of before) await configure(lambda, name, variables, "PassThrough");
      rmSync(folder, { recursive: true });
    },
  };
}

/** Traced, each invocation has a name, by which its calls are counted. */
async function configure(
  lambda: LambdaClient,
  name: string,
  variables: Readonly<Record<string, string>>,
  tracing: TracingMode,
): Promise<void> {
  const Environment = { Variables: { ...variables } };
  const TracingConfig = { Mode: tracing };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, Environment, TracingConfig }));
}

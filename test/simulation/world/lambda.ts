import { MINUTE_MS } from "@ithaca/domain";
import type { DeskCode } from "../code/surroundings.ts";
import { chanceOf } from "./chance.ts";
import { type Invocation, type Machine, type Outcome, type Process, startProcess } from "./process.ts";

/** Runs functions. */
export interface Lambda {
  /** `key` names this invocation among those of the function: the same key meets the same faults. */
  invoke(name: string, event: unknown, key: string, done: (outcome: Outcome) => void): void;
  /** How many handlers were run. */
  readonly steps: number;
  readonly stepsOf: ReadonlyMap<string, number>;
}

/** A process that nobody needs for so long is ended, as Lambda does. */
const KEPT_MS = 10 * MINUTE_MS;

interface Pooled {
  readonly process: Process;
  readonly code: DeskCode;
  usedAt: number;
}

/** Told of each invocation when it has ended. */
export type OnInvoked = (invocation: Invocation, event: unknown, outcome: Outcome) => void;

/** One process runs one invocation at a time; where all are busy another is started. */
export function openLambda(
  machine: Machine,
  deploy: { codeFor(name: string, process: number): DeskCode; isRetired(code: DeskCode): boolean },
  onInvoked: OnInvoked,
): Lambda {
  const pools = new Map<string, Pooled[]>();
  const stepsOf = new Map<string, number>();
  let processes = 0;

  function processOf(name: string): Process {
    const now = machine.agenda.now();
    const isKept = ({ process, code, usedAt }: Pooled) =>
      !process.idle || (!deploy.isRetired(code) && now - usedAt < KEPT_MS);
    const pool = (pools.get(name) ?? []).filter(isKept);
    pools.set(name, pool);
    const idle = pool.find(({ process }) => process.idle);
    if (idle !== undefined) {
      idle.usedAt = now;
      return idle.process;
    }
    processes += 1;
    const code = deploy.codeFor(name, processes);
    const process = startProcess(machine, code, name, () => {
      pools.set(
        name,
        (pools.get(name) ?? []).filter((one) => one.process !== process),
      );
    });
    pool.push({ process, code, usedAt: now });
    return process;
  }

  const lambda: Lambda & { steps: number } = {
    steps: 0,
    stepsOf,
    invoke(name, event, key, done) {
      if (machine.weather.isDown("lambda")) {
        machine.agenda.after(1_000, () => done({ kind: "crashed" }));
        return;
      }
      lambda.steps += 1;
      stepsOf.set(name, (stepsOf.get(name) ?? 0) + 1);
      const process = processOf(name);
      const one = process.invoke(event, chanceOf(machine.seed, name, key), lambda.steps, (outcome) => {
        onInvoked(one, event, outcome);
        done(outcome);
      });
    },
  };
  return lambda;
}

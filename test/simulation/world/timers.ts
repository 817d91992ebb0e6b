import { HOUR_MS } from "@ithaca/domain";
import type { Agenda } from "./agenda.ts";
import { chanceOf } from "./chance.ts";
import type { Faults } from "./faults.ts";
import type { Queue } from "./queue.ts";
import { execute, type StateMachineDefinition } from "./state-machine.ts";
import { type Weather, whenUp } from "./weather.ts";

interface TimerWorld {
  readonly seed: number;
  readonly agenda: Agenda;
  readonly faults: Faults;
  readonly weather: Weather;
  readonly definition: StateMachineDefinition;
  readonly queues: ReadonlyMap<string, Queue>;
}

const LATE_MAX_MS = 2 * HOUR_MS;
const NAME = /^[A-Za-z0-9_-]{1,80}$/;

/** Step Functions: executions of the synthesised timer, each name once. */
export function openTimers({ seed, agenda, faults, weather, definition, queues }: TimerWorld) {
  const goesOn = (goOn: () => void) => whenUp({ agenda, weather }, "timers", goOn);
  const executions = new Map<string, { input: string; endsAt: number }>();

  function task(resource: string, parameters: unknown): void {
    if (!resource.endsWith(":sqs:sendMessage")) throw new Error(`the task ${resource} is not simulated`);
    const { QueueUrl, MessageBody } = parameters as { QueueUrl: string; MessageBody: unknown };
    const queue = queues.get(QueueUrl);
    if (queue === undefined) throw new Error(`a timer writes to ${QueueUrl}, which is no queue`);
    queue.send(JSON.stringify(MessageBody));
  }

  return {
    /** False: the name is taken by another execution, or by one that has ended. */
    start({ name, input }: { name: string; input: string }): boolean {
      if (!NAME.test(name)) throw new Error(`an execution cannot be named ${name}`);
      const before = executions.get(name);
      if (before !== undefined) return before.input === input && before.endsAt > agenda.now();
      const chance = chanceOf(seed, "timer", name);
      const data = JSON.parse(input) as { wakeAt: string };
      executions.set(name, { input, endsAt: Date.parse(data.wakeAt) });
      if (faults.strikes("timer-lost", chance)) return true;
      const lateMs = faults.strikes("timer-late", chance) ? chance.between(0, LATE_MAX_MS) : 0;
      execute(definition, data, { agenda, chance, task, lateMs, whenUp: goesOn });
      if (faults.strikes("timer-doubled", chance))
        execute(definition, data, { agenda, chance, task, lateMs: 0, whenUp: goesOn });
      return true;
    },
  };
}

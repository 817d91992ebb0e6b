import type { Agenda } from "./agenda.ts";
import type { Chance } from "./chance.ts";

/** A state of Amazon's States Language, as far as it is simulated. */
interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Seconds?: number;
  readonly TimestampPath?: string;
  readonly Parameters?: unknown;
  readonly Resource?: string;
  readonly Result?: unknown;
  readonly Default?: string;
  readonly Choices?: readonly ({ readonly Variable: string; readonly Next: string } & Readonly<
    Record<string, unknown>
  >)[];
  readonly Retry?: readonly {
    readonly MaxAttempts?: number;
    readonly IntervalSeconds?: number;
    readonly BackoffRate?: number;
    readonly MaxDelaySeconds?: number;
  }[];
  readonly Catch?: readonly { readonly Next: string }[];
}

export interface StateMachineDefinition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

interface Execution {
  readonly agenda: Agenda;
  readonly chance: Chance;
  /** Does a task; throws when its service refuses. */
  readonly task: (resource: string, parameters: unknown) => void;
  /** How much later than it should a wait ends, in milliseconds. */
  readonly lateMs: number;
  /** Goes on now, or when the service is up again. */
  readonly whenUp: (goOn: () => void) => void;
}

type Data = Readonly<Record<string, unknown>>;

/** Runs an execution in virtual time: Wait, Task, Choice, Pass, Succeed and Fail. Errors are caught as States.ALL. */
export function execute(definition: StateMachineDefinition, input: Data, execution: Execution): void {
  enter(definition, definition.StartAt, input, execution);
}

function enter(definition: StateMachineDefinition, name: string, data: Data, execution: Execution) {
  const state = definition.States[name];
  if (state === undefined) throw new Error(`the state machine has no state ${name}`);
  const next = (following: string | undefined, output = data) => {
    if (following !== undefined) enter(definition, following, output, execution);
  };
  switch (state.Type) {
    case "Wait": {
      const { agenda, lateMs, whenUp } = execution;
      const until =
        state.TimestampPath === undefined ? agenda.now() + (state.Seconds ?? 0) * 1_000 : instantAt(data, state);
      agenda.at(until + lateMs, () => whenUp(() => next(state.Next)));
      return;
    }
    case "Task":
      attempt(state, data, execution, 1, next);
      return;
    case "Choice":
      next(state.Choices?.find((choice) => holds(choice, data))?.Next ?? state.Default);
      return;
    case "Pass":
      next(state.Next, (state.Result ?? data) as Data);
      return;
    case "Succeed":
    case "Fail":
      return;
    default:
      throw new Error(`the state type ${state.Type} is not simulated`);
  }
}

function attempt(
  state: State,
  data: Data,
  execution: Execution,
  tries: number,
  next: (following: string | undefined) => void,
) {
  const { agenda, chance, task } = execution;
  try {
    task(state.Resource ?? "", filled(state.Parameters, data));
  } catch {
    const {
      MaxAttempts = 3,
      IntervalSeconds = 1,
      BackoffRate = 2,
      MaxDelaySeconds = Infinity,
    } = state.Retry?.[0] ?? {};
    if (state.Retry === undefined || tries > MaxAttempts) return next(state.Catch?.[0]?.Next);
    const longest = Math.min(MaxDelaySeconds, IntervalSeconds * BackoffRate ** (tries - 1));
    agenda.after(chance.next() * longest * 1_000, () => attempt(state, data, execution, tries + 1, next));
    return;
  }
  next(state.Next);
}

function instantAt(data: Data, { TimestampPath = "" }: State): number {
  const at = Date.parse(String(valueAt(data, TimestampPath)));
  if (Number.isNaN(at)) throw new Error(`${TimestampPath} is no timestamp`);
  return at;
}

function valueAt(data: Data, path: string): unknown {
  if (!/^\$\.[A-Za-z0-9_]+$/.test(path)) throw new Error(`the path ${path} is not simulated`);
  return data[path.slice("$.".length)];
}

/** A payload template: names that end in `.$` take their value from the input. */
function filled(template: unknown, data: Data): unknown {
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith(".$") ? [name.slice(0, -2), valueAt(data, String(value))] : [name, filled(value, data)],
    ),
  );
}

function holds(choice: { Variable: string } & Readonly<Record<string, unknown>>, data: Data): boolean {
  const value = valueAt(data, choice.Variable);
  if ("StringEquals" in choice) return value === choice.StringEquals;
  if ("NumericEquals" in choice) return value === choice.NumericEquals;
  if ("BooleanEquals" in choice) return value === choice.BooleanEquals;
  if ("IsPresent" in choice) return (value !== undefined) === choice.IsPresent;
  throw new Error(`this choice is not simulated: ${JSON.stringify(choice)}`);
}

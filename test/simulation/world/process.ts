import { AsyncLocalStorage } from "node:async_hooks";
import type { DeskCode, Handler, InvocationContext, Surroundings } from "../code/surroundings.ts";
import type { Agenda } from "./agenda.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { courseOf, type TakenCourse } from "./course.ts";
import type { FaultName, Faults } from "./faults.ts";
import type { Service, Weather } from "./weather.ts";

/** A call of a service from inside an invocation. */
export type Call = <Answer>(
  service: Service,
  effect: () => Promise<Answer>,
  options?: {
    /** The SDK's own repeat has its effect a second time. */
    readonly repeats?: boolean;
    /** What the caller is told when somebody else writes the same items at the same time. */
    readonly otherwise?: () => Answer;
  },
) => Promise<Answer>;

/** One run of a handler. */
export interface Invocation {
  readonly id: number;
  readonly name: string;
  readonly startedAt: number;
  readonly chance: Chance;
  /** Calls that have not been answered. */
  outstanding: number;
  /** Work in turns of the real event loop that has not ended. */
  composing: number;
  /** Nothing of it goes on: it ended, or its process did. */
  over: boolean;
  /** What went wrong in it. */
  readonly faults: FaultName[];
}

/** How an invocation ended for whoever invoked. */
export type Outcome =
  | { readonly kind: "answered"; readonly value: unknown }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "crashed" };

export interface Process {
  readonly idle: boolean;
  invoke(event: unknown, chance: Chance, id: number, done: (outcome: Outcome) => void): Invocation;
}

/** What all processes share. */
export interface Machine {
  readonly seed: number;
  readonly agenda: Agenda;
  readonly faults: Faults;
  readonly weather: Weather;
  /** How many invocations run on and wait for nothing. */
  readonly load: { computing: number };
  readonly timeoutSecondsOf: (name: string) => number;
  readonly unique: () => number;
  readonly drawn: { last: number };
  readonly surroundingsOf: (
    name: string,
    call: Call,
    current: () => Invocation | undefined,
  ) => Pick<Surroundings, "table" | "bodies" | "send" | "logged">;
}

/** Whose code runs, across its awaits: whoever was entered last may be another process by then. */
const running = new AsyncLocalStorage<Invocation>();

/** The function that draws numbers of cases. */
const NUMBERING = "receive-message";
const SKEW_MAX_MS = 5_000;
const UNAVAILABLE_MS = 1_500;
/** The share of calls that let others go first, where nothing forces them to. */
const GIVES_WAY = 0.3;

class Unavailable extends Error {
  override readonly name = "ServiceUnavailable";
}
class Throttled extends Error {
  override readonly name = "ThrottlingException";
}
class Unanswered extends Error {
  override readonly name = "TimeoutError";
}

/** Starts a process of a function, with a clock of its own. `gone` is called when it ends. */
export function startProcess(machine: Machine, code: DeskCode, name: string, gone: () => void): Process {
  const { seed, agenda, faults, weather, load } = machine;
  const processChance = chanceOf(seed, "process", name, machine.unique());
  const skewMs = faults.strikes("clock-skewed", processChance) ? processChance.between(-SKEW_MAX_MS, SKEW_MAX_MS) : 0;
  let invocation: Invocation | undefined;
  let end: (outcome: Outcome) => void = () => undefined;
  let alive = true;

  /** What an invocation left undone when it ended stays undone: its process is not used again. */
  function leave(): void {
    alive = false;
    gone();
  }

  function never<Answer>(): Promise<Answer> {
    leave();
    return new Promise<Answer>(() => undefined);
  }

  function over(one: Invocation): void {
    if (one.outstanding === 0) load.computing -= 1;
    one.over = true;
  }

  /** Of calls that are made at the same time several may be struck: the process ends once. */
  function crash(one: Invocation): void {
    if (one.over) return;
    over(one);
    leave();
    const tell = end;
    agenda.after(1, () => tell({ kind: "crashed" }));
  }

  /** Waits in virtual time; what waits longer than its invocation lives never goes on. Undefined: the time has passed. */
  function wait(one: Invocation, ms: number): Promise<void> | undefined {
    if (one.over) return never();
    // Time does not pass at once while somebody else still computes: they would be late for nothing.
    const isAlone = load.computing === (one.outstanding === 0 ? 1 : 0);
    if (!one.chance.happens(GIVES_WAY) && isAlone && agenda.pass(ms)) return undefined;
    one.outstanding += 1;
    if (one.outstanding === 1) load.computing -= 1;
    return new Promise((resolve) => {
      agenda.after(ms, () => {
        one.outstanding -= 1;
        if (one.over) return;
        if (one.outstanding === 0) load.computing += 1;
        resolve();
        agenda.stir();
      });
    });
  }

  const call: Call = async (service, effect, options = {}) => {
    const one = invocation;
    if (one === undefined || one.over) return never();
    if (weather.isDown(service)) return refused(one, service);
    const struck = (fault: FaultName) => faults.strikes(fault, one.chance) && one.faults.push(fault) > 0;
    const can = { conflict: options.otherwise !== undefined, repeat: options.repeats === true };
    const course = courseOf(one.chance, struck, can);
    if (course.taken) return answered(one, service, effect, course);
    if (course.why === "throttled") throw new Throttled(`${service} is asked too often`);
    if (course.why === "conflict" && options.otherwise !== undefined) return options.otherwise();
    return ended(one);
  };

  /** A call of a service that is down: its caller hears so after a while. */
  async function refused(one: Invocation, service: Service): Promise<never> {
    one.faults.push("outage");
    await wait(one, UNAVAILABLE_MS);
    throw new Unavailable(`${service} does not answer`);
  }

  function ended<Answer>(one: Invocation): Promise<Answer> {
    crash(one);
    return never();
  }

  /** A call that the service takes up. */
  async function answered<Answer>(
    one: Invocation,
    service: Service,
    effect: () => Promise<Answer>,
    course: TakenCourse,
  ): Promise<Answer> {
    const answer = await inTime(one, effect, course);
    if (one.over) return never();
    if (course.crashes) return ended(one);
    if (course.unanswered) throw new Unanswered(`${service} was not heard to answer`);
    return answer;
  }

  /** The effect comes at the beginning or at the end of the time that a call takes. */
  async function inTime<Answer>(
    one: Invocation,
    effect: () => Promise<Answer>,
    { repeats, ms, early }: TakenCourse,
  ): Promise<Answer> {
    if (!early) await wait(one, ms);
    if (one.over) return never();
    let answer = await effect();
    if (repeats) answer = await effect();
    if (early) await wait(one, ms);
    return answer;
  }

  const surroundings: Surroundings = {
    ...machine.surroundingsOf(name, call, () => invocation),
    clock: () => Math.max(0, Math.floor(agenda.now() + skewMs)),
    random: () => {
      const drawn = processChance.next();
      if (name !== NUMBERING) return drawn;
      if (!faults.strikes("number-drawn-again", processChance)) machine.drawn.last = drawn;
      return machine.drawn.last;
    },
    newId: (prefix) => `${prefix}_${hex(processChance)}${machine.unique().toString(16).padStart(16, "0")}`,
    pause: async (ms) => {
      if (invocation !== undefined) await wait(invocation, ms);
    },
    computes: async (work) => {
      const owner = running.getStore();
      load.computing += 1;
      if (owner !== undefined) owner.composing += 1;
      const result = await work().finally(() => {
        load.computing -= 1;
        if (owner !== undefined) owner.composing -= 1;
        agenda.stir();
      });
      return owner?.over === true ? never() : result;
    },
    setTimer: (act, ms) => {
      const owner = invocation;
      return agenda.after(ms, () => {
        if (owner?.over === true) return;
        act();
        agenda.stir();
      });
    },
  };
  code.enter(surroundings);
  const handler: Handler = code.start(name);

  return {
    get idle() {
      return alive && invocation === undefined;
    },
    invoke(event, chance, id, done) {
      const startedAt = agenda.now();
      const one: Invocation = { id, name, startedAt, chance, outstanding: 0, composing: 0, over: false, faults: [] };
      invocation = one;
      end = done;
      load.computing += 1;
      const deadline = startedAt + machine.timeoutSecondsOf(name) * 1_000;
      const limit = agenda.at(deadline, () => {
        if (!one.over) crash(one);
      });
      const context: InvocationContext = {
        awsRequestId: `request-${id}`,
        getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - agenda.now())),
      };
      const settled = (outcome: Outcome) => {
        limit.cancelled = true;
        if (one.over) return;
        const unfinished = one.outstanding + one.composing > 0;
        over(one);
        invocation = undefined;
        if (unfinished) leave();
        done(outcome);
      };
      code.enter(surroundings);
      running.run(one, handler, event, context).then(
        (value) => settled({ kind: "answered", value }),
        (error: unknown) => settled({ kind: "failed", error }),
      );
      agenda.stir();
      return one;
    },
  };
}

function hex(chance: Chance): string {
  return [chance.next(), chance.next()]
    .map((part) =>
      Math.floor(part * 2 ** 32)
        .toString(16)
        .padStart(8, "0"),
    )
    .join("");
}

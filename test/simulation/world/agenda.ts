/** Something that will happen. */
export interface Appointment {
  readonly at: number;
  cancelled: boolean;
}

/** The virtual clock and everything that is still to happen, in order of time and, at one instant, of being planned. */
export interface Agenda {
  /** Epoch milliseconds. */
  now(): number;
  at(time: number, act: () => void): Appointment;
  after(ms: number, act: () => void): Appointment;
  /** Moves the clock on without a turn, if nothing else happens before then; false: something does. */
  pass(ms: number): boolean;
  /** Says that code under test was woken: the world waits until it stands still again. */
  stir(): void;
  runUntil(end: number): Promise<void>;
  /** Ends the run before the next thing happens; with an error, it is thrown there and not into code under test. */
  stop(error?: unknown): void;
  /** How many things have happened. */
  readonly happened: number;
}

interface Planned extends Appointment {
  readonly order: number;
  readonly act: () => void;
}

/** A turn of the real event loop: whatever the code under test does without asking the world is done after a few. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
/** Code that computes for so many turns and so long without an end and without a call never ends. */
const TURNS_MAX = 10_000;
const COMPUTES_MAX_MS = 20_000;
export const ENDLESS = "code under test runs on without an end";

/** `computing`: whether some code under test runs on and waits for nothing that the world has to give. */
export function openAgenda(start: number, computing: () => boolean): Agenda {
  const heap: Planned[] = [];
  let now = start;
  let planned = 0;
  let stirred = false;
  let horizon = start;
  let stopped: { error?: unknown } | undefined;

  const before = (a: Planned, b: Planned) => a.at < b.at || (a.at === b.at && a.order < b.order);

  function push(one: Planned): void {
    let at = heap.length;
    heap.push(one);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as Planned;
      if (!before(one, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = one;
  }

  function shift(): Planned | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      const left = heap[child];
      if (left === undefined) break;
      const right = heap[child + 1];
      if (right !== undefined && before(right, left)) child += 1;
      const smaller = heap[child] as Planned;
      if (!before(smaller, last)) break;
      heap[at] = smaller;
      at = child;
    }
    heap[at] = last;
    return first;
  }

  function next(): Planned | undefined {
    while (heap[0]?.cancelled === true) shift();
    return heap[0];
  }

  async function standStill(): Promise<void> {
    let endlessAt = Number.POSITIVE_INFINITY;
    for (let turns = 0; stirred || computing(); turns += 1) {
      // On a busy machine the other threads may get no turn for long.
      if (turns === TURNS_MAX) endlessAt = performance.now() + COMPUTES_MAX_MS;
      if (turns > TURNS_MAX && performance.now() > endlessAt) throw new Error(ENDLESS);
      stirred = false;
      await turn();
    }
  }

  const agenda: Agenda & { happened: number } = {
    happened: 0,
    now: () => now,
    at: (time, act) => {
      planned += 1;
      const one = { at: Math.max(time, now), order: planned, act, cancelled: false };
      push(one);
      return one;
    },
    after: (ms, act) => agenda.at(now + ms, act),
    pass: (ms) => {
      const soonest = next();
      if (now + ms > horizon || (soonest !== undefined && soonest.at <= now + ms)) return false;
      now += ms;
      return true;
    },
    stir: () => {
      stirred = true;
    },
    stop: (error) => {
      stopped ??= error === undefined ? {} : { error };
    },
    runUntil: async (end) => {
      horizon = end;
      for (;;) {
        const one = next();
        if (stopped?.error !== undefined) throw stopped.error;
        if (stopped !== undefined || one === undefined || one.at > end) break;
        shift();
        now = one.at;
        agenda.happened += 1;
        one.act();
        if (stirred) await standStill();
      }
      now = Math.max(now, end);
    },
  };
  return agenda;
}

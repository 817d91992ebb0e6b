import { type Chance, chanceOf } from "./chance.ts";

/** Everything that goes wrong, with the share of its occasions on which it does. */
export const FAULT_RATES = {
  /** An event never reaches its queue. */
  "event-lost": 0.02,
  "event-doubled": 0.03,
  /** An event comes between a minute and 26 hours late. */
  "event-late": 0.01,
  /** An event comes within a minute, after others that were put later. */
  "event-reordered": 0.05,
  /** The process ends between two awaits. */
  crash: 0.004,
  /** A call has its effect, and its caller hears of a failure. */
  "answer-lost": 0.003,
  /** The SDK gets no answer and calls again by itself: the effect is asked for twice. */
  "sdk-repeats": 0.003,
  throttled: 0.004,
  /** A process stands still between two awaits, for up to a minute. */
  pause: 0.0015,
  "transaction-conflict": 0.01,
  /** An index shows what was true up to two minutes ago. */
  "index-stale": 0.02,
  /** Each process's clock is up to five seconds off. */
  "clock-skewed": 1,
  /** Which rules are in force cannot be read, by one process, for up to a quarter of an hour. */
  "rules-unread": 0.02,
  /** The same happens to a process that knows the rules before, just when they changed: there it does harm. */
  "new-rules-unread": 0.6,
  /** Intake cannot read them either: cases open without triage, and nobody has judged yet who wrote. */
  "intake-without-rules": 0.4,
  "timer-lost": 0.02,
  "timer-doubled": 0.02,
  /** A timer comes up to two hours late. */
  "timer-late": 0.02,
  /** A message of a queue is delivered twice. */
  "queue-doubled": 0.02,
  /** A call of the bus takes some of its events and not the others. */
  "bus-partial": 0.01,
  "mail-refused": 0.03,
  /** SES takes a mail, and its answer is never heard. */
  "mail-unheard": 0.01,
  /** A scheduled run does not happen. */
  "schedule-missed": 0.01,
  /** A client hears no answer to a request that was answered. */
  "request-unheard": 0.03,
  /** A number is drawn that was drawn before. */
  "number-drawn-again": 0.1,
  /** A batch is delivered whose last record nobody can read. */
  "record-poisoned": 0.004,
  /** Something stops for hours: the stream, the bus, the queues, timers, mail, or several at once. */
  outage: 1,
  /** Everything stops for 15 hours. */
  "region-outage": 1,
  /** Some processes run the code of tomorrow. */
  deploy: 1,
} as const;

export type FaultName = keyof typeof FAULT_RATES;
export const FAULT_NAMES = Object.keys(FAULT_RATES) as FaultName[];

/** No two clocks are alike on a good day either. */
const ALWAYS: ReadonlySet<FaultName> = new Set(["clock-skewed"]);

/** In a stormy world so many kinds of faults are so many times as frequent, up to a rate at which the desk still gets on. */
const KINDS_OF_A_STORM = 6;
const STORM_TIMES = 10;
const STORM_RATE_MAX = 0.25;

/** The kinds of faults that are frequent in the stormy world of a seed. */
export function stormOf(seed: number): ReadonlySet<FaultName> {
  const chance = chanceOf(seed, "storm");
  const kinds = new Set<FaultName>();
  const rarer = FAULT_NAMES.filter((name) => frequentRate(name) > FAULT_RATES[name]);
  while (kinds.size < KINDS_OF_A_STORM) kinds.add(chance.pick(rarer));
  return kinds;
}

/** The rates of a world in which some kinds are frequent. */
function ratesWith(frequent: ReadonlySet<FaultName>): Readonly<Record<FaultName, number>> {
  return { ...FAULT_RATES, ...Object.fromEntries([...frequent].map((fault) => [fault, frequentRate(fault)])) };
}

function frequentRate(fault: FaultName): number {
  return Math.max(FAULT_RATES[fault], Math.min(STORM_RATE_MAX, STORM_TIMES * FAULT_RATES[fault]));
}

/** What goes wrong in one world. */
export interface Faults {
  /** Whether a fault happens on this occasion; counted. */
  strikes(fault: FaultName, chance: Chance): boolean;
  /** Counts what was planned and not drawn. */
  tell(fault: FaultName, count: number): void;
  readonly counts: Readonly<Record<FaultName, number>>;
}

/** `active`: whether things go wrong at all at present; faults of `without` never happen, those of `frequent` often. */
export function openFaults(
  active: () => boolean,
  without: ReadonlySet<string>,
  frequent: ReadonlySet<FaultName> = new Set(),
): Faults {
  const rates = ratesWith(frequent);
  const counts = Object.fromEntries(FAULT_NAMES.map((name) => [name, 0])) as Record<FaultName, number>;
  return {
    counts,
    tell: (fault, count) => {
      counts[fault] += count;
    },
    strikes: (fault, chance) => {
      // Drawn in any case: a fault that is switched off does not move the others.
      const struck = chance.happens(rates[fault]);
      if (!struck || without.has(fault) || !(active() || ALWAYS.has(fault))) return false;
      counts[fault] += 1;
      return true;
    },
  };
}

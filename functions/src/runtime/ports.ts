import type { EventEntry } from "@ithaca/contracts";
import type { Instant, OwedKind } from "@ithaca/domain";
import type {
  Attainment,
  Bodies,
  Cases,
  DeskStore,
  Directory,
  Effects,
  Messages,
  Previews,
  Rulebooks,
  Rules,
} from "@ithaca/store";
import type { PreviewPage, WakeUp } from "./queues.ts";

/** What every function has: time, chance, ids and its line in the log. */
export interface BasePorts {
  readonly clock: () => Instant;
  /** A number in [0, 1) that nobody can guess. */
  readonly random: () => number;
  /** A new id that nobody can guess: the prefix, an underscore, 32 hexadecimal digits. */
  readonly newId: (prefix: string) => string;
  /** Waits for so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** Adds fields to the one line that is logged for this invocation: ids, codes and numbers, never what people wrote. */
  readonly note: (fields: Readonly<Record<string, string | number | boolean>>) => void;
  /** Counts something in this invocation's line, as a metric of the function. */
  readonly count: (metric: string, by?: number) => void;
  /** Measures something, as a metric of the function; the name ends in its unit: `-ms` or `-seconds`. */
  readonly measure: (metric: string, value: number) => void;
}

/** The desk's table and its content bucket. */
export interface StorePorts {
  readonly cases: Cases;
  readonly effects: Effects;
  readonly messages: Messages;
  readonly bodies: Bodies;
  /** Reads of accounts and principals are remembered for a while (`cachedDirectory`). */
  readonly directory: Directory;
  readonly rulebooks: Rulebooks;
  /** Versions of the rules with who made them when and why; decisions go by `rulebooks`. */
  readonly rules: Rules;
  readonly desk: DeskStore;
  /** Previews of other rules. */
  readonly previews: Previews;
  /** What became of promises, as it was counted. */
  readonly attainment: Attainment;
}

/** Sends mail that is composed already. */
export interface Mail {
  /** Resolves to the id that SES gave it, which is the Message-ID that the recipient sees. Throws when SES refuses. */
  send(mail: { from: string; to: string; raw: Uint8Array }): Promise<string>;
}

/** Timers that wait until an instant and then put a wake-up on its queue. */
export interface Timers {
  /** `set-already`: a timer of this name runs, or has rung. */
  start(timer: { name: string; caseId: string; wakeAt: Instant; epoch: number }): Promise<"started" | "set-already">;
}

/** The queue of wake-case. */
export interface WakeUps {
  /** `delaySeconds`: 0 to 900. */
  send(wakeUp: WakeUp, delaySeconds: number): Promise<void>;
}

/** The queue of fold-cases. */
export interface PreviewPages {
  send(page: PreviewPage): Promise<void>;
}

/** The queues of what reacts to owed effects, for whoever repeats what the bus lost. */
export interface Reactions {
  /** Puts an event on the queue of its kind, in the shape in which the bus would have put it there. */
  send(kind: OwedKind, entry: EventEntry): Promise<void>;
}

/** The event bus. */
export interface Bus {
  /** Puts at most `BUS_ENTRIES_MAX` events of together at most `BUS_BYTES_MAX`; resolves to the places of those that the bus did not take. */
  put(entries: readonly EventEntry[]): Promise<number[]>;
}

/** Every port there is; a handler names those that it uses: `Pick<Ports, "cases" | "clock">`. */
export interface Ports extends BasePorts, StorePorts {
  readonly mail: Mail;
  readonly timers: Timers;
  readonly wakeUps: WakeUps;
  readonly previewPages: PreviewPages;
  readonly reactions: Reactions;
  readonly bus: Bus;
}

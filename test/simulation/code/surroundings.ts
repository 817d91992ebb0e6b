import type { Table } from "@ithaca/store";

/** What a process of the desk stands on: all that the bundle is given in place of AWS, the clock and chance. */
export interface Surroundings {
  readonly table: Table;
  readonly bodies: { put(key: string, text: string): Promise<void>; get(key: string): Promise<string | undefined> };
  /** Epoch milliseconds by this process's clock. */
  clock(): number;
  random(): number;
  newId(prefix: string): string;
  pause(ms: number): Promise<void>;
  /** A command of an AWS client, by its name: what the client would have answered. */
  send(command: string, input: unknown): Promise<unknown>;
  /** Does real work for which no virtual time passes. */
  computes<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Gives a timer that does not ring once it is `cancelled`. */
  setTimer(act: () => void, ms: number): { cancelled: boolean };
  /** The one line of an invocation. */
  logged(line: Readonly<Record<string, unknown>>, failed: boolean): void;
}

/** What Lambda tells of an invocation. */
export interface InvocationContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** A process of one function: the handler that is deployed, with its own caches and its own line. */
export type Handler = (event: unknown, context: InvocationContext) => Promise<unknown>;

/** The desk's own code, as a bundle gives it. */
export interface DeskCode {
  readonly names: readonly string[];
  /** Starts a process of a function. */
  start(name: string): Handler;
  /** In whose surroundings the next turn of code runs until it waits: whoever connects then is connected to these. */
  enter(surroundings: Surroundings): void;
  /** The environment of every function. */
  setEnvironment(environment: Readonly<Record<string, string>>): void;
}

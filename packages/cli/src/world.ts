import type { Instant } from "@ithaca/domain";

/** A stream that people or programs read. */
export interface Terminal {
  write(text: string): void;
  /** Whether a person reads it, so that it may be laid out for the eye. */
  readonly isTerminal: boolean;
  /** How many characters a line holds. */
  readonly columns: number;
}

/** Everything outside the command: what a test takes the place of. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: Terminal;
  readonly err: Terminal;
  readonly fetch: typeof fetch;
  readonly input: {
    readonly isTerminal: boolean;
    /** All of standard input. */
    read(): Promise<string>;
    /** Asks a person on the terminal; what is secret is not shown while it is typed. */
    ask(question: string, secret: boolean): Promise<string>;
  };
  /** Lets a person write in their editor; undefined when they have none. */
  edit?(about: string): Promise<string | undefined>;
  now(): Instant;
  newId(): string;
  /** The IANA zone of whoever sits here. */
  readonly zone: string;
}

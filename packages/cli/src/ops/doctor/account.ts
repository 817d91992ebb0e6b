import type { Instant } from "@ithaca/domain";

/** How mail from an address stands with SES. */
export interface MailStanding {
  /** Whether the address or its domain is verified. */
  readonly verified: boolean;
  /** Whether only verified addresses get mail. */
  readonly sandbox: boolean;
  readonly enabled: boolean;
  /** Mails in 24 hours, and in a second. */
  readonly perDay: number;
  readonly sentInADay: number;
  readonly perSecond: number;
}

/** What a desk is deployed in, as far as it can stand in the desk's way. */
export interface Account {
  /** The desk's two stacks and how their last deployment went. */
  stacks(): Promise<{ readonly stack: string; readonly status: string }[]>;
  mail(from: string): Promise<MailStanding>;
  /** How many functions may run at once. */
  concurrency(): Promise<number>;
  /** The desk's alarms. */
  alarms(): Promise<{ readonly alarm: string; readonly state: string; readonly meaning: string }[]>;
  /** How many have confirmed that they want to be told of alarms. */
  subscribers(): Promise<number>;
  /** What time it is at AWS, to the second. */
  time(): Promise<Instant>;
}

import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "@ithaca/client";
import { timelineOf, type WholeCase } from "./case-timeline.ts";

/** Which case is followed, until when. */
export interface Following {
  readonly client: Client;
  /** The case's nine digits. */
  readonly number: string;
  /** When the customer wrote, as ISO 8601: times are shown from there. */
  readonly since: string;
  /** The keys of the timeline's entries that have been written already; more are added. */
  readonly seen: Set<string>;
  /** Whether the case has come as far as it was to be followed. */
  readonly until: (followed: WholeCase) => boolean;
  /** What is waited for, in words, for the message when it does not come. */
  readonly awaited: string;
  readonly timeoutSeconds: number;
  readonly write: (line: string) => void;
}

/** What stands above the lines of a case that is followed. */
export const TIMELINE_HEAD = "  time in UTC   after it came in";

const POLL_MS = 200;

/** Reads a case again and again and writes what happens on it as it happens. Throws when the end does not come in time. */
export async function followCase(following: Following): Promise<WholeCase> {
  const { client, number, since, seen, until, awaited, timeoutSeconds, write } = following;
  const giveUpAt = performance.now() + timeoutSeconds * 1000;
  for (;;) {
    const followed = await client.cases.read(number);
    for (const { key, at, text } of timelineOf(followed)) {
      if (seen.has(key)) continue;
      seen.add(key);
      write(`  ${at.slice(11, 23)}  ${elapsed(since, at)}  ${text}`);
    }
    if (until(followed)) return followed;
    if (performance.now() > giveUpAt) throw new Error(`${awaited} did not come within ${timeoutSeconds} s`);
    await sleep(POLL_MS);
  }
}

/** Seconds between two instants, in a column of its own. */
function elapsed(since: string, at: string): string {
  return `+${((Date.parse(at) - Date.parse(since)) / 1000).toFixed(2)} s`.padStart(10);
}

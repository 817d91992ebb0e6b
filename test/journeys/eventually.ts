import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 250;

/** How long a reaction may take on the local cloud before a journey calls it missing. */
export const REACTION_SECONDS = 20;

/**
 * Asks again and again until there is an answer, and gives it back. Throws, naming what did not come, when the time is
 * over: with the last thing that was seen, if `ask` throws to say it.
 */
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined>,
  seconds: number = REACTION_SECONDS,
): Promise<Answer> {
  const giveUpAt = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > giveUpAt) throw new Error(`${what} did not come within ${seconds} s`);
    await sleep(POLL_MS);
  }
}

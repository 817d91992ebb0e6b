import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 50;

/** Asks again and again until the answer is not undefined, and gives it back. Throws when `timeoutSeconds` are over. */
export async function waitUntil<Answer>(
  what: string,
  timeoutSeconds: number,
  ask: () => Promise<Answer | undefined>,
  pollMs: number = POLL_MS,
): Promise<Answer> {
  const giveUpAt = performance.now() + timeoutSeconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > giveUpAt) throw new Error(`${what} did not come within ${timeoutSeconds} s`);
    await sleep(pollMs);
  }
}

/** Whether an HTTP address answers with a success at this moment. */
export async function answers(url: string): Promise<true | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok ? true : undefined;
  } catch {
    return undefined;
  }
}

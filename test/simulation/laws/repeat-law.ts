import type { Outcome } from "../world/process.ts";

interface Request {
  readonly routeKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Law 5: what was done under a key is answered as done, whoever asks for it again under that key. */
export function openRepeatLaw(violated: (law: string, what: string) => void) {
  const done = new Map<string, number>();

  return {
    onInvoked(event: unknown, outcome: Outcome): void {
      const { routeKey, headers = {} } = event as Request;
      const key = headers["idempotency-key"];
      if (routeKey === undefined || key === undefined || outcome.kind !== "answered") return;
      const { statusCode: status = 0 } = outcome.value as { statusCode?: number };
      const before = done.get(key);
      if (before === undefined && status >= 200 && status < 300) done.set(key, status);
      // That it is too much at once, or that something is out of order, says nothing of what was done.
      const isRefused = status >= 400 && status < 500 && status !== 429;
      if (before !== undefined && isRefused)
        violated("repeats", `${routeKey} was answered ${before}, and under the same key ${status}`);
    },
  };
}

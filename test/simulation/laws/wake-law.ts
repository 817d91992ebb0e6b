import { SECOND_MS } from "@ithaca/domain";

interface WakeLawWorld {
  readonly now: () => number;
  readonly violated: (law: string, what: string) => void;
}

/** Timers, messages and calls come twice, and so do their repeats: that is some wake-ups within seconds, not dozens. */
const WOKEN_MAX = 30;
const WITHIN_MS = 3 * SECOND_MS;

/** No loop: whoever is woken too early by their clock waits until it is time, and is not woken all the while. */
export function openWakeLaw({ now, violated }: WakeLawWorld) {
  const woken = new Map<string, { since: number; times: number }>();

  return {
    onWoken(caseId: string): void {
      const last = woken.get(caseId);
      if (last === undefined || now() >= last.since + WITHIN_MS) {
        woken.set(caseId, { since: now(), times: 1 });
        return;
      }
      last.times += 1;
      if (last.times === WOKEN_MAX + 1)
        violated("loops", `${caseId} was woken more than ${WOKEN_MAX} times in seconds`);
    },
  };
}

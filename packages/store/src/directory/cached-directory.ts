import type { Instant } from "@ithaca/domain";
import type { Directory } from "../ports/directory.ts";

/** How long a function trusts what it read of the directory: a change of rights is in force after so long. */
export const DIRECTORY_KEPT_MS = 30_000;

/** The most entries that are kept of each kind. */
const KEPT_MAX = 5_000;

/** A directory that reads each account and principal at most once in 30 seconds. Who is not there is asked for again. */
export function cachedDirectory(directory: Directory, clock: () => Instant): Directory {
  return {
    ...directory,
    account: keep(directory.account, clock),
    principal: keep(directory.principal, clock),
    principalOfSubject: keep(directory.principalOfSubject, clock),
  };
}

function keep<Answer>(
  read: (id: string) => Promise<Answer | undefined>,
  clock: () => Instant,
): (id: string) => Promise<Answer | undefined> {
  const kept = new Map<string, { answer: Answer; untilMs: number }>();

  return async (id) => {
    const known = kept.get(id);
    if (known !== undefined && clock() < known.untilMs) return known.answer;

    kept.delete(id);
    const answer = await read(id);
    if (answer === undefined) return undefined;
    const [oldest] = kept.keys();
    if (kept.size >= KEPT_MAX && oldest !== undefined) kept.delete(oldest);
    kept.set(id, { answer, untilMs: clock() + DIRECTORY_KEPT_MS });
    return answer;
  };
}

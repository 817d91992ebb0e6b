import type { Instant, Principal } from "@ithaca/domain";
import type { Directory } from "../ports/directory.ts";

/** How long a function trusts what it read of the directory: a change of rights is in force after so long. */
export const DIRECTORY_KEPT_MS = 30_000;

/** The most entries that are kept of each kind. */
const KEPT_MAX = 5_000;

/** A directory that reads each account and principal at most once in 30 seconds. Who is not there is asked for again. */
export function cachedDirectory(directory: Directory, clock: () => Instant): Directory {
  const principals = keeper<Principal>(clock);
  return {
    ...directory,
    account: reading(directory.account, keeper(clock)),
    principal: reading(directory.principal, principals),
    principalOfSubject: reading(async (subject) => {
      const principal = await directory.principalOfSubject(subject);
      // Whoever calls is likely to be named in the answer.
      if (principal !== undefined) principals.keep(principal.id, principal);
      return principal;
    }, keeper(clock)),
  };
}

type Keeper<Answer> = ReturnType<typeof keeper<Answer>>;

/** Remembers what was read, each for so long. */
function keeper<Answer>(clock: () => Instant) {
  const kept = new Map<string, { answer: Answer; untilMs: number }>();

  return {
    of(id: string): Answer | undefined {
      const known = kept.get(id);
      if (known !== undefined && clock() < known.untilMs) return known.answer;
      kept.delete(id);
      return undefined;
    },
    keep(id: string, answer: Answer): void {
      kept.delete(id);
      const [oldest] = kept.keys();
      if (kept.size >= KEPT_MAX && oldest !== undefined) kept.delete(oldest);
      kept.set(id, { answer, untilMs: clock() + DIRECTORY_KEPT_MS });
    },
  };
}

function reading<Answer>(
  read: (id: string) => Promise<Answer | undefined>,
  kept: Keeper<Answer>,
): (id: string) => Promise<Answer | undefined> {
  return async (id) => {
    const known = kept.of(id);
    if (known !== undefined) return known;
    const answer = await read(id);
    if (answer !== undefined) kept.keep(id, answer);
    return answer;
  };
}

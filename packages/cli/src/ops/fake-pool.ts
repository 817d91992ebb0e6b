import type { NewUser, PoolUser, UserPool } from "./user-pool.ts";

/** For tests: a user pool in memory, and the passwords that were set. */
export function fakePool(
  prefix: string,
  ...users: PoolUser[]
): UserPool & { passwords: Map<string, string | undefined> } {
  const all = [...users];
  const passwords = new Map<string, string | undefined>();
  return {
    passwords,
    subjectOf: async (username) => all.find((user) => user.username === username)?.subject,
    create: async ({ username }: NewUser, password) => {
      const subject = `${prefix}-${username}`;
      all.push({ username, subject });
      passwords.set(username, password);
      return subject;
    },
    all: async function* () {
      yield* all;
    },
  };
}

/** For tests: somebody who can sign in to a pool. */
export function poolUser(prefix: string, username: string): PoolUser {
  return { username, subject: `${prefix}-${username}`, address: `${username}@desk.example` };
}

/** Words that give away where a text comes from, so that a leak of it is seen wherever it comes out. */

/** In all that the people of an account write and are written. */
export function accountMarker(accountId: string | undefined): string {
  return `mark-of-${accountId ?? "nobody"}.`;
}

/** In all that agents write among themselves. */
export const NOTE_MARKER = "among-agents-only.";

/** In the code of each status of the desk's own, which no customer is told. */
export const OWN_STATUS_MARKER = "among-us-";

/** The accounts whose words a text holds. */
export function accountsIn(text: string): string[] {
  return [...text.matchAll(/mark-of-(acct_[a-z0-9]+)\./g)].flatMap(([, account]) => account ?? []);
}

/** Words that one step of one story writes, and nothing else does: they are on the desk once. */
export function onceMarker(story: number, step: number): string {
  return `once-${story}-${step}.`;
}

/** The step whose words a text holds. */
export function onceIn(text: string): string | undefined {
  return /once-[0-9]+-[0-9]+\./.exec(text)?.[0];
}

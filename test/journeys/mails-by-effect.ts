import type { Inbox } from "./inbox.ts";

/** The header in which each mail of the desk names what it carries out. */
const LOOP_HEADER = "x-ithaca-loop";

/** How often each mail about a case is in the inbox, by the effect that it carries out. */
export async function mailsByEffect(inbox: Inbox, number: string): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { headers } of await inbox.about(number)) {
    const effectId = String(headers[LOOP_HEADER]);
    counts.set(effectId, (counts.get(effectId) ?? 0) + 1);
  }
  return counts;
}

import type { Effect } from "./effect.ts";

/**
 * Whose task an effect is, open or done: a reply whose mail was abandoned, whatever the reason, is its author's; undefined
 * of everything else (sla.md, Decisions: what is a response).
 */
export function taskOwner({ owed, status }: Pick<Effect, "owed" | "status">): string | undefined {
  return owed.kind === "mail" && status === "abandoned" ? owed.by : undefined;
}

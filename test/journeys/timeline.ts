import type { Client } from "@ithaca/client";
import { eventually } from "./eventually.ts";

export type CaseSeen = Awaited<ReturnType<Client["cases"]["read"]>>;
export type FactSeen = NonNullable<CaseSeen["facts"]>[number];

/** The facts of a type on a case as an agent sees it, oldest first. */
export function factsOf<Type extends FactSeen["type"]>(
  seen: CaseSeen,
  type: Type,
): Extract<FactSeen, { readonly type: Type }>[] {
  return (seen.facts ?? []).filter((fact): fact is Extract<FactSeen, { readonly type: Type }> => fact.type === type);
}

/** Waits until a case has a fact of a type, and gives back the case. */
export function caseWith(agent: Client, number: string, type: FactSeen["type"], seconds?: number): Promise<CaseSeen> {
  return eventually(
    `${type} on case ${number}`,
    async () => {
      const seen = await agent.cases.read(number);
      return factsOf(seen, type).length > 0 ? seen : undefined;
    },
    seconds,
  );
}

/** Waits until a case owes nothing any more: everything is done or abandoned. */
export function settledCase(agent: Client, number: string, seconds?: number): Promise<CaseSeen> {
  return eventually(
    `the end of everything that case ${number} owes`,
    async () => {
      const seen = await agent.cases.read(number);
      return (seen.effects ?? []).some(({ status }) => status === "pending" || status === "claimed") ? undefined : seen;
    },
    seconds,
  );
}

/** How long after its due a breach was noticed, in milliseconds. */
export function latenessMs({ dueAt, at }: { readonly dueAt: string; readonly at: string }): number {
  return Date.parse(at) - Date.parse(dueAt);
}

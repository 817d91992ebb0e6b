import type { JsonAnswerOf } from "@ithaca/client";
import { printableLine } from "../output/printable.ts";

/** What the API answers, as the commands pass it on. */
export type CaseJson = JsonAnswerOf<"read-case">;
export type ListedCaseJson = JsonAnswerOf<"list-cases">["items"][number];
export type FactJson = NonNullable<CaseJson["facts"]>[number];
export type MessageJson = CaseJson["messages"][number];
export type ClockJson = CaseJson["clocks"][number];
export type EffectJson = NonNullable<CaseJson["effects"]>[number];
export type ExplanationJson = JsonAnswerOf<"explain-clock">;
export type ChangedCaseJson = JsonAnswerOf<"take-case">;

/**
 * How a person reads whose a case is on a terminal: by name, by id when the desk knows no name; undefined when it is
 * nobody's.
 */
export function assigneeOf(shown: Pick<ChangedCaseJson["case"], "assignee" | "assigneeId">): string | undefined {
  const who = shown.assignee?.name ?? shown.assigneeId;
  return who === undefined ? undefined : printableLine(who);
}

/** How whoever a case mentions is called on a terminal: by name, by id when the answer names nobody of that id. */
export function namesIn({ names = [], requester }: Pick<CaseJson, "names" | "requester">): (id: string) => string {
  const known = new Map(names.map(({ id, name }) => [id, name]));
  return (id) => printableLine((id === requester.id ? requester.name : undefined) ?? known.get(id) ?? id);
}

import type { JsonAnswerOf } from "@ithaca/client";

/** What the API answers, as the commands pass it on. */
export type CaseJson = JsonAnswerOf<"read-case">;
export type ListedCaseJson = JsonAnswerOf<"list-cases">["items"][number];
export type FactJson = NonNullable<CaseJson["facts"]>[number];
export type MessageJson = CaseJson["messages"][number];
export type ClockJson = CaseJson["clocks"][number];
export type EffectJson = NonNullable<CaseJson["effects"]>[number];
export type ExplanationJson = JsonAnswerOf<"explain-clock">;
export type ChangedCaseJson = JsonAnswerOf<"take-case">;

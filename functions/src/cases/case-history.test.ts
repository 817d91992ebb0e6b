import { type Fact, instant } from "@ithaca/domain";
import type { RecordedFacts } from "@ithaca/store";
import { expect, test } from "vitest";
import { factsShown } from "./case-history.ts";

/** A case whose priority was changed so often, each time with a reason. */
function changes(count: number): RecordedFacts[] {
  return Array.from({ length: count }, (_, at) => {
    const fact = {
      type: "PriorityChanged",
      at: at * 1_000,
      by: { kind: "agent", id: "prin_ana" },
      from: at % 2 === 0 ? "high" : "low",
      to: at % 2 === 0 ? "low" : "high",
      reasonId: `msg_${at}`,
    };
    return { caseId: "case_100000009", at: instant(at), version: at + 1, facts: [fact as unknown as Fact] };
  });
}

test("all reasons of a case are shown, each with its fact, however many they are", async () => {
  const messages = {
    read: async (ids: readonly string[]) => ids.map((id) => ({ id, text: `Because of ${id}.` })) as never,
  };
  const shown = await factsShown(changes(150), messages);
  expect(shown.map((fact) => "reason" in fact && fact.reason)).toEqual(
    Array.from({ length: 150 }, (_, at) => `Because of msg_${at}.`),
  );
});

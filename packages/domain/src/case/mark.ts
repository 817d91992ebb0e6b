import type { Actor } from "../access/actor.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { clocksOfRestored } from "../sla/reopen-clocks.ts";
import { cancelClocks } from "../sla/settle.ts";
import type { Instant } from "../time/instant.ts";
import { CATEGORY_OF, type Case, type Mark } from "./case.ts";
import { type Decision, refuse } from "./decision.ts";
import { applyAppend } from "./evolve.ts";
import type { Fact } from "./facts.ts";

/** The marks that end a case: nobody is owed an answer (sla.md, ended without a response). A test goes on. */
const ENDING: readonly Mark[] = ["spam", "false-alarm"];

/** The marks of a case: all of them as they are to be. Taking an ending one away puts the case back to work. */
export function setMarks(current: Case, marks: readonly Mark[], rulebook: Rulebook, now: Instant, by: Actor): Decision {
  if (current.mergedInto !== undefined) return refuse("merged-away");
  const added = [...new Set(marks)].filter((mark) => !current.marks.includes(mark));
  const removed = current.marks.filter((mark) => !marks.includes(mark));
  const facts: Fact[] = [
    ...removed.map((mark) => ({ type: "CaseUnmarked" as const, at: now, by, mark })),
    ...added.map((mark) => ({ type: "CaseMarked" as const, at: now, by, mark })),
  ];

  const ending = added.find((mark) => ENDING.includes(mark));
  if (ending === "spam" || ending === "false-alarm") return [...facts, ...ended(current, ending, rulebook, now, by)];
  const isEnded = marks.some((mark) => ENDING.includes(mark));
  const wasEnded = removed.some((mark) => ENDING.includes(mark));
  return wasEnded && !isEnded ? [...facts, ...backToWork(current, rulebook, now, by)] : facts;
}

function ended(current: Case, mark: "spam" | "false-alarm", rulebook: Rulebook, now: Instant, by: Actor): Fact[] {
  const { status: from } = current;
  if (CATEGORY_OF[from] === "done") return [];
  return [
    ...cancelClocks(current, mark, rulebook, now, by),
    { type: "StatusChanged", at: now, by, from, to: "closed" },
  ];
}

function backToWork(current: Case, rulebook: Rulebook, now: Instant, by: Actor): Fact[] {
  if (current.status !== "closed") return [];
  const moved: Fact = { type: "StatusChanged", at: now, by, from: current.status, to: "open" };
  const next = applyAppend(current, [moved], current.id);
  return [moved, ...clocksOfRestored(next, rulebook, now, by)];
}

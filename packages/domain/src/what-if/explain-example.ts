import type { Rulebook } from "../policy/rulebook.ts";
import { explainClock } from "../sla/explain-clock.ts";
import { explanationText } from "../sla/explain-clock-text.ts";
import type { Compared } from "./preview-case.ts";
import { type RecordedCase, replayCase } from "./replay-case.ts";

/** How a cycle got its due under each set of rules, in words, a line each; no lines where nothing is promised. */
export interface ExplainedExample {
  before: string[];
  after: string[];
}

/** Explains a cycle of a recorded case, by its key in the preview, under both sets of rules. */
export function explainExample(recorded: RecordedCase, key: string, compared: Compared): ExplainedExample {
  return {
    before: explained(recorded, key, compared.before, compared),
    after: explained(recorded, key, compared.after, compared),
  };
}

function explained(recorded: RecordedCase, key: string, rules: Rulebook, { now, classifyAnew }: Compared): string[] {
  const replayed = replayCase(recorded, rules, now, { classifyAnew });
  const found = replayed?.cycles.find((cycle) => cycle.key === key);
  if (replayed === undefined || found === undefined) return [];
  return explanationText(found.cycle, explainClock(replayed.current, found.cycle, rules, now));
}

import { LINES_MAX } from "@ithaca/contracts";
import { type Cycle, caseIdOf, explainClock as explain, explanationText, isRunning } from "@ithaca/domain";
import { connect } from "../runtime/connect.ts";
import { onRequest } from "../runtime/on-request.ts";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { clockState } from "./clock-view.ts";
import { manifest } from "./explain-clock.manifest.ts";

/** Explains the due of a case's clock: of the cycle that runs, else of the last one that ended. */
export async function explainClock(
  { params, may }: Asked<"explain-clock">,
  { cases, rulebooks, clock }: Pick<Ports, "cases" | "rulebooks" | "clock">,
): Promise<Answer<"explain-clock">> {
  const current = await cases.read(caseIdOf(params.number));
  if (current === undefined || !may({ kind: "case", case: current })) return no("not-there");
  const cycle = cycleOf(current.clocks, params.metric);
  if (cycle === undefined) return no("no-clock");

  const now = clock();
  const explanation = explain(current, cycle, await rulebooks.inForce(now), now);
  const { governing, pausedWithMsLeft, counterfactuals } = explanation;
  return {
    status: 200,
    version: current.version,
    body: {
      metric: cycle.metric,
      cycle: cycle.number,
      state: clockState(cycle),
      startedAt: cycle.startedAt,
      dueAt: explanation.dueAt,
      rule: {
        id: governing.ruleId,
        policyVersion: governing.policyVersion,
        ...(explanation.passedOver !== undefined && { passedOver: explanation.passedOver }),
      },
      segments: explanation.segments,
      spans: explanation.spans,
      openMs: explanation.openMs,
      ...(pausedWithMsLeft !== undefined && { pausedWithMsLeft }),
      counterfactuals,
      zone: explanation.hours.dates.clock.zone,
      text: explanationText(cycle, explanation).slice(0, LINES_MAX),
    },
  };
}

function cycleOf(clocks: readonly Cycle[], metric: string): Cycle | undefined {
  const cycles = clocks.filter((cycle) => cycle.metric === metric);
  return cycles.find(isRunning) ?? cycles.at(-1);
}

export const handler = onRequest(manifest, explainClock, connect(toTable));

import { LINES_MAX } from "@ithaca/contracts";
import {
  type Cycle,
  caseIdOf,
  explainClock as explain,
  explanationText,
  isRunning,
  spokenNumber,
} from "@ithaca/domain";
import { renderExplanationBar } from "@ithaca/policy/publish";
import { connect } from "../runtime/connect.ts";
import { onRoutes } from "../runtime/on-routes.ts";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { clockState } from "./clock-view.ts";
import { manifest } from "./explain-clock.manifest.ts";

type ExplainPorts = Pick<Ports, "cases" | "rulebooks" | "clock">;

/** Explains the due of a case's clock: of the cycle that runs, else of the last one that ended. */
export async function explainClock(
  asked: Asked<"explain-clock">,
  ports: ExplainPorts,
): Promise<Answer<"explain-clock">> {
  const explained = await explainedFor(asked, ports);
  if ("problem" in explained) return explained;
  const { current, cycle, explanation } = explained;
  const { governing, pausedWithMsLeft, counterfactuals, ifMissed } = explanation;
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
      stretches: explanation.stretches.map(({ from, until, segment: { team, calendar } }) => ({
        from,
        until,
        team,
        ...(calendar !== undefined && { calendar }),
      })),
      spans: explanation.spans,
      openMs: explanation.openMs,
      ...(pausedWithMsLeft !== undefined && { pausedWithMsLeft }),
      counterfactuals,
      ...(ifMissed !== undefined && { ifMissed: { ...ifMissed, tells: [...ifMissed.tells] } }),
      zone: explanation.hours.dates.clock.zone,
      text: explanationText(cycle, explanation).slice(0, LINES_MAX),
    },
  };
}

/** The same as a picture. */
export async function drawClock(asked: Asked<"draw-clock">, ports: ExplainPorts): Promise<Answer<"draw-clock">> {
  const explained = await explainedFor(asked, ports);
  if ("problem" in explained) return explained;
  const { current, cycle, explanation, now } = explained;
  const { governing, stretches, dueAt, spans, hours } = explanation;
  const { zone } = hours.dates.clock;
  return {
    status: 200,
    version: current.version,
    body: renderExplanationBar({
      title: `${cycle.metric} ${cycle.number} of case ${spokenNumber(current.number)}: rule ${governing.ruleId} (${zone})`,
      zone,
      start: stretches[0]?.from ?? dueAt,
      due: dueAt,
      spans,
      ...(isRunning(cycle) && { now }),
    }),
  };
}

async function explainedFor(
  { params, may }: Pick<Asked<"explain-clock">, "params" | "may">,
  { cases, rulebooks, clock }: ExplainPorts,
) {
  const current = await cases.read(caseIdOf(params.number));
  if (current === undefined || !may({ kind: "case", case: current })) return no("not-there");
  const cycle = cycleOf(current.clocks, params.metric);
  if (cycle === undefined) return no("no-clock");
  const now = clock();
  const rulebook = await rulebooks.inForce(now, [current]);
  return { current, cycle, now, explanation: explain(current, cycle, rulebook, now) };
}

function cycleOf(clocks: readonly Cycle[], metric: string): Cycle | undefined {
  const cycles = clocks.filter((cycle) => cycle.metric === metric);
  return cycles.find(isRunning) ?? cycles.at(-1);
}

export const handler = onRoutes(manifest, { "explain-clock": explainClock, "draw-clock": drawClock }, connect(toTable));

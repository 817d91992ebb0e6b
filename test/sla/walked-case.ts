import {
  applyAppend,
  type Case,
  changePriority,
  changeStatus,
  type Decision,
  explainClock,
  explanationText,
  handOver,
  type Instant,
  instantOf,
  isRefused,
  type Metric,
  openCase,
  receiveMessage,
  reply,
  system,
  type TargetRule,
  waive,
  wake,
} from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { shippedRulebook } from "./shipped-rulebook.ts";

const BY = system("docs");

/** A promise of the whole work, which the shipped policy does not make: 20 hours of the team's time. */
export const RESOLUTION: TargetRule = {
  id: "resolution",
  when: { metric: ["resolution"] },
  length: { minutes: 1_200 },
  clock: "team-hours",
  warnings: [{ percent: 75 }],
};

/** The case that docs/sla.md walks through: what is done to it, and how its clocks explain themselves then. */
export function walkedCase() {
  const au = shippedRules.calendars.find(({ id }) => id === "au-hours");
  if (au === undefined) throw new Error("no au-hours");
  const stocktaking = {
    on: "2026-11-30",
    name: "Stocktaking",
    source: { kind: "hand" },
  } as (typeof au.holidays)[number];
  const rulebook = shippedRulebook({ targets: [...shippedRules.policy.targets, RESOLUTION] }, [
    {
      calendar: { ...au, version: 2, holidays: [...au.holidays, stocktaking] },
      from: instantOf("2026-11-28T00:00:00Z"),
    },
  ]);
  const message = { channel: "portal", automatic: false };

  let current = applyAppend(
    undefined,
    openCase(
      {
        ...message,
        messageId: "msg_1",
        requestedPriority: "medium",
        receivedAt: instantOf("2026-11-25T20:30:00Z"),
        requesterId: "person_jo",
        senderVerified: true,
        accountTeam: "main",
      },
      rulebook,
      instantOf("2026-11-25T20:30:00Z"),
      BY,
    ),
    "case_100000009",
  );
  const told: Record<string, string[]> = {};
  const tell = (name: string, metric: Metric, at: Instant) => {
    told[name] = textOf(current, metric, at);
  };
  const act = (at: string, decide: (now: Instant) => Decision): Instant => {
    const decision = decide(instantOf(at));
    if (isRefused(decision)) throw new Error(`${at}: ${decision.refused}`);
    current = applyAppend(current, decision, current.id);
    return instantOf(at);
  };
  function textOf(of: Case, metric: Metric, at: Instant): string[] {
    const cycle = of.clocks.find((one) => one.metric === metric);
    if (cycle === undefined) throw new Error(`no ${metric}`);
    return explanationText(cycle, explainClock(of, cycle, rulebook, at));
  }

  tell("opened", "first-response", current.changedAt);
  const raised = act("2026-11-25T21:00:00Z", (now) => changePriority(current, { to: "high" }, rulebook, now, BY));
  tell("raised", "first-response", raised);
  act("2026-11-25T22:00:00Z", (now) => reply(current, "msg_2", rulebook, now, BY));
  const waiting = act("2026-11-25T22:30:00Z", (now) =>
    changeStatus(current, { to: "waiting-on-customer" }, rulebook, now, BY),
  );
  tell("waiting", "resolution", waiting);
  act("2026-11-27T14:00:00Z", (now) =>
    receiveMessage(
      current,
      { ...message, messageId: "msg_3", personId: "person_jo", receivedAt: now },
      rulebook,
      now,
      BY,
    ),
  );
  const handedOver = act("2026-11-27T15:00:00Z", (now) => handOver(current, { team: "au" }, rulebook, now, BY));
  tell("handed over", "next-response", handedOver);
  tell("goes on", "resolution", handedOver);
  act("2026-12-01T01:00:00.001Z", (now) => wake(current, rulebook, now, BY));
  act("2026-12-01T02:00:00Z", (now) => waive(current, { metric: "next-response", reasonId: "msg_why" }, now, BY));
  return { told, current };
}

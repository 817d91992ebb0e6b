import { describe, expect, test } from "vitest";
import { everyMetricRulebook } from "../fixtures/every-metric.ts";
import { BY, openedCase, stateAfter, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { HOUR_MS, instantOf, plus } from "../time/instant.ts";
import { reply } from "./answer.ts";
import { handOver } from "./assign.ts";
import { changePriority } from "./change-priority.ts";
import { project } from "./projection.ts";
import { receiveMessage } from "./receive-message.ts";
import { nextWakeUp } from "./wake.ts";

const before = everyMetricRulebook();
const { policy } = before;
/** The same desk without its Australian team. */
const after = everyMetricRulebook({}, { version: 2, teams: policy.teams.filter(({ code }) => code === "main") });
const hours = (n: number) => plus(WEDNESDAY_10_NY, n * HOUR_MS);
const opened = openedCase({ requestedPriority: "high", accountTeam: "au" }, before).case;

describe("when a policy removed the team of a case", () => {
  test("it keeps its promise, on the hours that it was made on", () => {
    // Thursday 09:00 in Sydney and four hours more.
    expect(project(opened, after).dueAt).toBe(instantOf("2026-11-26T02:00:00Z"));
  });

  test("it is listed as the case of no team, until somebody hands it over", () => {
    expect(project(opened, before).team).toBe("au");
    expect(project(opened, after).team).toBeUndefined();
    const given = stateAfter(opened, handOver(opened, { team: "main" }, after, hours(1), BY));
    expect(project(given, after).team).toBe("main");
  });

  test("its next promises are on the hours of the default team", () => {
    const answered = stateAfter(opened, reply(opened, "msg_a", after, hours(1), BY));
    const message = { messageId: "msg_c", channel: "portal", personId: "person_jo", automatic: false };
    const asked = stateAfter(
      answered,
      receiveMessage(answered, { ...message, receivedAt: hours(2) }, after, hours(2), BY),
    );
    const next = asked.clocks.find(({ metric }) => metric === "next-response");
    expect(next).toMatchObject({ dueAt: hours(6), segments: [{ calendar: { id: "main-hours" } }] });
  });

  test("it is covered once it is critical, and woken", () => {
    const critical = stateAfter(opened, changePriority(opened, { to: "critical" }, after, hours(1), BY));
    // Main closes at hour 10, and the promise of two hours is warned of at its half.
    expect(nextWakeUp(critical, after)).toBe(hours(2));
  });

  test("a new case of its account goes to the default team", () => {
    expect(openedCase({ accountTeam: "au" }, after).case.team).toBe("main");
  });
});

import { describe, expect, test } from "vitest";
import { BY, factsOf, openedCase, stateAfter } from "../fixtures/example-case.ts";
import { exampleRulebook } from "../fixtures/example-rulebook.ts";
import { HOUR_MS, type Instant, instantOf, MINUTE_MS, plus } from "../time/instant.ts";
import { reply } from "./answer.ts";
import { changePriority } from "./change-priority.ts";
import { isRefused } from "./decision.ts";
import { take } from "./take.ts";
import { nextWakeUp, wake } from "./wake.ts";

const rulebook = exampleRulebook();

/** In November au opens at 22:00 UTC and closes at 06:00; main opens at 13:00 and closes at 01:00. */
const AU_CLOSES = instantOf("2026-11-25T06:00:00Z");
const MAIN_OPENS = instantOf("2026-11-25T13:00:00Z");
/** Wednesday evening in New York: main closes at 01:00 UTC on Thursday, and au is open until 06:00. */
const MAIN_CLOSES = instantOf("2026-11-26T01:00:00Z");
const THANKSGIVING_AU_CLOSES = instantOf("2026-11-26T06:00:00Z");

const critical = (receivedAt: Instant, accountTeam = "main") =>
  openedCase({ requestedPriority: "critical", receivedAt, accountTeam }).case;

/** Wakes a case for whatever it asks, until nothing is due any more at that instant. */
function wokenAt(current: ReturnType<typeof critical>, now: Instant) {
  const decision = wake(current, rulebook, now, BY);
  return isRefused(decision) ? current : stateAfter(current, decision);
}
const typesAt = (current: ReturnType<typeof critical>, now: Instant) => {
  const decision = wake(current, rulebook, now, BY);
  return isRefused(decision) ? [] : decision.map(({ type }) => type);
};

describe("when the owning team closes on an unanswered critical case", () => {
  const opened = critical(plus(MAIN_CLOSES, -30 * MINUTE_MS));

  test("the case asks to be woken at the closing, before its first warning", () => {
    expect(nextWakeUp(opened, rulebook)).toBe(MAIN_CLOSES);
    expect(typesAt(opened, plus(MAIN_CLOSES, -1))).toEqual([]);
  });

  test("it is handed over to the team that is open, and its clock runs on", () => {
    const facts = factsOf(wake(opened, rulebook, MAIN_CLOSES, BY));
    expect(facts).toMatchObject([
      { type: "CaseRouted", team: "au", ruleId: "critical-to-open" },
      { type: "ClockRetargeted", cause: "handed-over", dueBefore: opened.clocks[0]?.dueAt },
    ]);
    const handedOver = stateAfter(opened, facts);
    expect(handedOver).toMatchObject({ team: "au", clocks: [{ dueAt: opened.clocks[0]?.dueAt }] });
    expect(nextWakeUp(handedOver, rulebook)).toBe(plus(MAIN_CLOSES, 30 * MINUTE_MS));
    expect(typesAt(handedOver, MAIN_CLOSES)).toEqual([]);
  });

  test("a clock that runs round the clock does so with the other team, whatever its hours", () => {
    const handedOver = wokenAt(opened, MAIN_CLOSES);
    expect(handedOver.clocks[0]?.segments.map(({ team, calendar }) => [team, calendar])).toEqual([
      ["main", undefined],
      ["au", undefined],
    ]);
  });

  test("whoever had it has gone home: it is nobody's at first", () => {
    const taken = stateAfter(opened, take(opened, "prin_ann", opened.changedAt, BY));
    expect(typesAt(taken, MAIN_CLOSES)).toEqual(["CaseRouted", "ClockRetargeted", "CaseReleased"]);
    expect(wokenAt(taken, MAIN_CLOSES).assigneeId).toBeUndefined();
  });

  test("a breached one is handed over too, and its due stays", () => {
    const late = critical(plus(MAIN_CLOSES, -3 * HOUR_MS));
    const breached = wokenAt(late, plus(MAIN_CLOSES, -HOUR_MS + 1));
    expect(nextWakeUp(breached, rulebook)).toBe(MAIN_CLOSES);
    expect(typesAt(breached, MAIN_CLOSES)).toEqual(["CaseRouted"]);
  });

  test.each([
    ["an answered one stays", stateAfter(opened, reply(opened, "msg_2", rulebook, opened.changedAt, BY))],
    [
      "one that is critical no more stays",
      stateAfter(opened, changePriority(opened, { to: "high" }, rulebook, opened.changedAt, BY)),
    ],
  ])("%s", (_what, current) => {
    expect(typesAt(current, MAIN_CLOSES)).toEqual([]);
  });
});

describe("when the owning team closes and no other is open", () => {
  const opened = critical(plus(AU_CLOSES, -30 * MINUTE_MS), "au");
  const inTheGap = wokenAt(opened, AU_CLOSES);

  test("the gap is recorded once, and the case stays where it is", () => {
    expect(nextWakeUp(opened, rulebook)).toBe(AU_CLOSES);
    expect(typesAt(opened, AU_CLOSES)).toEqual(["CoverageGapFound"]);
    expect(inTheGap.team).toBe("au");
    expect(typesAt(inTheGap, plus(AU_CLOSES, MINUTE_MS))).toEqual([]);
  });

  test("the first team to open takes it over", () => {
    const breached = wokenAt(inTheGap, plus(AU_CLOSES, 2 * HOUR_MS));
    expect(nextWakeUp(breached, rulebook)).toBe(MAIN_OPENS);
    expect(wokenAt(breached, MAIN_OPENS).team).toBe("main");
  });
});

describe("when a critical case comes while nobody is open", () => {
  const saturday = instantOf("2026-11-28T12:00:00Z");
  const opened = critical(saturday);

  test("the gap of its opening is not recorded again, and the first team to open takes it over", () => {
    const breached = wokenAt(wokenAt(opened, plus(saturday, HOUR_MS)), plus(saturday, 3 * HOUR_MS));
    const auOpens = instantOf("2026-11-29T22:00:00Z");
    expect(typesAt(breached, plus(saturday, 4 * HOUR_MS))).toEqual([]);
    expect(nextWakeUp(breached, rulebook)).toBe(auOpens);
    expect(wokenAt(breached, auOpens).team).toBe("au");
  });

  test("its own team opening first keeps it, until that closes", () => {
    const aus = critical(saturday, "au");
    const breached = wokenAt(aus, plus(saturday, 3 * HOUR_MS));
    expect(nextWakeUp(breached, rulebook)).toBe(instantOf("2026-11-30T06:00:00Z"));
  });
});

describe("when both teams are closed on a holiday of one", () => {
  test("the gap begins at the closing of the other", () => {
    const opened = critical(plus(THANKSGIVING_AU_CLOSES, -HOUR_MS));
    expect(opened.team).toBe("au");
    expect(typesAt(opened, THANKSGIVING_AU_CLOSES)).toContain("CoverageGapFound");
  });
});

describe("a case that does not page", () => {
  test("asks for no cover", () => {
    const { case: high } = openedCase({ requestedPriority: "high", receivedAt: plus(MAIN_CLOSES, -MINUTE_MS) });
    expect(typesAt(high, MAIN_CLOSES)).toEqual([]);
  });
});

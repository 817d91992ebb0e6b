import { describe, expect, test } from "vitest";
import { everyMetricRulebook } from "../fixtures/every-metric.ts";
import { BY, factsOf, openedCase, stateAfter } from "../fixtures/example-case.ts";
import { AU_HOURS, exampleRulebook, MAIN_HOURS } from "../fixtures/example-rulebook.ts";
import { HOUR_MS, type Instant, instantOf, MINUTE_MS, plus } from "../time/instant.ts";
import { reply } from "./answer.ts";
import { changePriority } from "./change-priority.ts";
import { nextCoverAt } from "./cover.ts";
import { isRefused } from "./decision.ts";
import { receiveMessage } from "./receive-message.ts";
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

describe("when a policy makes a priority page while the team is closed", () => {
  const evening = plus(MAIN_CLOSES, -MINUTE_MS);
  const paging = { ...openedCase({ requestedPriority: "high", receivedAt: evening }).case, priority: "critical" };

  test("the case is woken at once, and handed over to the team that is open", () => {
    const now = plus(MAIN_CLOSES, MINUTE_MS);
    expect(nextCoverAt(paging, rulebook, now)).toBe(now);
    expect(wokenAt(paging, now).team).toBe("au");
  });

  test("or at once for the gap, when nobody is open, and then by the first team to open", () => {
    const now = plus(THANKSGIVING_AU_CLOSES, HOUR_MS);
    expect(nextCoverAt(paging, rulebook, now)).toBe(now);
    const gap = { ...paging, gapFoundAt: now };
    expect(nextCoverAt(gap, rulebook, now)).toBe(instantOf("2026-11-26T22:00:00Z"));
  });
});

describe("when a gap follows a gap", () => {
  test("each is recorded: the one before began at another closing", () => {
    const [thursday, friday] = [THANKSGIVING_AU_CLOSES, plus(THANKSGIVING_AU_CLOSES, 24 * HOUR_MS)];
    const aus = critical(plus(thursday, -HOUR_MS), "au");
    const known = wokenAt(aus, thursday);
    expect(known.gapFoundAt).toBe(thursday);
    const muchLater = { ...known, team: "au" };
    expect(typesAt(muchLater, friday)).toEqual(expect.arrayContaining(["CoverageGapFound"]));
  });
});

describe("a team that never opens", () => {
  const closed = exampleRulebook({}, [MAIN_HOURS, { ...AU_HOURS, week: {} }]);
  const nobody = exampleRulebook({}, [
    { ...MAIN_HOURS, week: {} },
    { ...AU_HOURS, week: {} },
  ]);
  const opened = critical(plus(MAIN_CLOSES, -30 * MINUTE_MS));

  test("is waited for by nobody", () => {
    const gap = stateAfter(opened, wake(opened, closed, MAIN_CLOSES, BY));
    expect(gap.gapFoundAt).toBe(MAIN_CLOSES);
    // Thursday is a holiday of main; on Friday it opens and has the case until it closes.
    expect(nextCoverAt(gap, closed, MAIN_CLOSES)).toBe(plus(MAIN_OPENS, 60 * HOUR_MS));
  });

  test("has a gap that is recorded once, and no end of it is waited for when there is no other", () => {
    expect(nextCoverAt(opened, nobody, opened.changedAt)).toBe(opened.changedAt);
    const gap = stateAfter(opened, wake(opened, nobody, MAIN_CLOSES, BY));
    expect(gap.gapFoundAt).toBe(MAIN_CLOSES);
    expect(nextCoverAt(gap, nobody, plus(MAIN_CLOSES, HOUR_MS))).toBeUndefined();
  });
});

describe("who asks for cover", () => {
  const every = everyMetricRulebook();
  const evening = plus(MAIN_CLOSES, -30 * MINUTE_MS);
  const opened = openedCase({ requestedPriority: "critical", receivedAt: evening }, every).case;

  test("a case whose work has a clock beside the response", () => {
    expect(nextCoverAt(opened, every, evening)).toBe(MAIN_CLOSES);
  });

  test("an answered one again, once there is a new question", () => {
    const answered = stateAfter(opened, reply(opened, "msg_a", every, evening, BY));
    expect(nextCoverAt(answered, every, evening)).toBeUndefined();
    const message = { messageId: "msg_c", channel: "portal", personId: "person_jo", automatic: false };
    const asked = stateAfter(
      answered,
      receiveMessage(answered, { ...message, receivedAt: evening }, every, evening, BY),
    );
    expect(nextCoverAt(asked, every, evening)).toBe(MAIN_CLOSES);
  });

  test("not one whose priority pages nobody, though it goes to whoever is open", () => {
    const { routing } = every.policy;
    const toOpen = everyMetricRulebook(
      {},
      { routing: routing.map((rule) => ({ ...rule, team: "open-team" as const })) },
    );
    const high = openedCase({ requestedPriority: "high", receivedAt: evening }, toOpen).case;
    expect(nextCoverAt(high, toOpen, evening)).toBeUndefined();
    // Nor one whose priority a policy removed.
    const without = everyMetricRulebook(
      {},
      { priorities: every.policy.priorities.filter(({ code }) => code !== "critical") },
    );
    expect(nextCoverAt(opened, without, evening)).toBeUndefined();
  });

  test("not one that goes to the account's own team, open or not", () => {
    const toOwn = everyMetricRulebook({}, { routing: [{ id: "own-team", when: {}, team: "account-team" }] });
    expect(nextCoverAt(opened, toOwn, evening)).toBeUndefined();
  });

  test.each<[string, Partial<typeof opened>]>([
    ["has no team", { team: undefined }],
    ["has no priority", { priority: undefined }],
    ["has no clock that runs", { clocks: [] }],
  ])("not one that %s yet", (_what, change) => {
    expect(nextCoverAt({ ...opened, ...change }, every, evening)).toBeUndefined();
  });
});

describe("a case that does not page", () => {
  test("asks for no cover", () => {
    const { case: high } = openedCase({ requestedPriority: "high", receivedAt: plus(MAIN_CLOSES, -MINUTE_MS) });
    expect(typesAt(high, MAIN_CLOSES)).toEqual([]);
  });
});

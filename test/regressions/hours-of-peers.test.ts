import {
  addOpenTime,
  applyAppend,
  type Calendar,
  changePriority,
  changeStatus,
  compileCalendar,
  dueOf,
  explainClock,
  explanationText,
  handOver,
  instantOf,
  isOpen,
  leftMs,
  owedBy,
  plus,
  project,
  reply,
  toIso,
  wake,
  warningsOf,
} from "@ithaca/domain";
import { lintPolicy, shippedRules } from "@ithaca/policy";
import { recountExplanation } from "@ithaca/policy/recount";
import { describe, expect, test } from "vitest";
import { shippedRulebook } from "../sla/shipped-rulebook.ts";
import { BY, clockOf, dueText, HOUR_MS, hours, OPENED, opened, promising, stateAfter } from "./peer-case.ts";

// Faults of other desks with hours and with what rests on them, each by its own name.

const rulebook = shippedRulebook();
const MAIN = mainHours();

function mainHours(): Calendar {
  const found = shippedRules.calendars.find(({ id }) => id === "main-hours");
  if (found === undefined) throw new Error("main-hours does not ship");
  return found;
}

/** A date becomes a holiday, by a version that is in force from some hours after a case was opened on. */
function editedAfter(n: number, on = "2026-06-11") {
  const holiday = { on, name: "Stocktaking", source: { kind: "hand" as const } };
  const calendar: Calendar = { ...MAIN, version: 2, holidays: [...MAIN.holidays, holiday] };
  return shippedRulebook({}, [{ calendar, from: hours(n) }]);
}

describe("faults that other desks' users complain of, about hours", () => {
  test("the night and the weekend are no business time (chatwoot 13392)", () => {
    // Friday 17:00 in New York: three hours until closing, one more on Monday morning.
    expect(dueText(opened("2026-06-12T21:00:00Z", "high", rulebook), "first-response", rulebook)).toBe(
      "2026-06-15T13:00:00.000Z",
    );
  });

  test("a day has a lunch break, a shift past midnight, and can be half (chatwoot 14009, 5254, 9798; frappe/helpdesk 2212; zendesk/biz 122)", () => {
    const day = [
      ["08:00", "12:00"],
      ["13:00", "17:00"],
      ["22:00", "02:00"],
    ] as const;
    const half = [["08:00", "12:00"]] as const;
    const shifts = compileCalendar({
      ...MAIN,
      week: { "1": day, "2": day, "3": day, "4": day, "5": day } as unknown as Calendar["week"],
      holidays: [
        {
          on: "2026-06-11",
          name: "Half day",
          hours: half,
          source: { kind: "hand" },
        } as unknown as Calendar["holidays"][number],
      ],
    });
    const after = (openHours: number) => toIso(addOpenTime(shifts, instantOf(OPENED), openHours * HOUR_MS));
    // Wednesday 10:00: two hours to lunch, four after it, four over midnight, and Thursday has its morning alone.
    expect([2, 3, 6, 7, 10, 14, 15].map(after)).toEqual([
      "2026-06-10T16:00:00.000Z",
      "2026-06-10T18:00:00.000Z",
      "2026-06-10T21:00:00.000Z",
      "2026-06-11T03:00:00.000Z",
      "2026-06-11T06:00:00.000Z",
      "2026-06-11T16:00:00.000Z",
      "2026-06-12T13:00:00.000Z",
    ]);
  });

  test("why a case is due then has an answer that adds up (zammad 390)", () => {
    const eve = opened("2026-11-25T20:30:00Z", "medium", rulebook);
    const cycle = clockOf(eve, "first-response");
    const explained = explainClock(eve, cycle, rulebook, eve.changedAt);
    const counted = explained.spans.filter(({ kind }) => kind === "counted");
    expect(counted.reduce((sum, { from, until }) => sum + (until - from), 0)).toBe(explained.openMs);
    expect(explained.openMs).toBe(12 * HOUR_MS);
    expect(explanationText(cycle, explained).join("\n")).toContain("skipped 24 h (Thanksgiving Day)");
  });

  test("an edit of a calendar is applied to every case that runs, and to what is left of it (zammad 534; frappe/helpdesk 2214, 2449)", () => {
    const low = opened(OPENED, "low", rulebook);
    // Two business days of twelve hours: ten today, the other fourteen on Thursday and Friday.
    expect(dueText(low, "first-response", rulebook)).toBe("2026-06-12T14:00:00.000Z");
    for (const n of [0.5, 5, 12])
      expect(dueText(low, "first-response", editedAfter(n))).toBe("2026-06-15T14:00:00.000Z");
    // What was counted before the edit stays counted: four hours of that day.
    expect(dueText(low, "first-response", editedAfter(26))).toBe("2026-06-12T22:00:00.000Z");
  });

  test("a finished clock is what it was by the hours of its time, whoever reckons it again later (dbt_zendesk 88)", () => {
    const high = opened(OPENED, "high", rulebook);
    const answered = stateAfter(high, reply(high, "msg_2", rulebook, hours(3), BY));
    const cycle = clockOf(answered, "first-response");
    const later = editedAfter(3.5, "2026-06-10");
    expect(dueText(high, "first-response", later)).toBe("2026-06-11T12:30:00.000Z");
    const explained = explainClock(answered, cycle, later, hours(100));
    expect(toIso(explained.dueAt)).toBe(toIso(hours(4)));
    expect(explained.stretches.map(({ segment }) => segment.calendar?.version)).toEqual([1]);
    // Whoever counts minutes on the version that it names comes to the same.
    const [stretch] = explained.stretches;
    if (stretch === undefined) throw new Error("nothing was counted");
    const spans = explained.spans.filter((span) => span.kind !== "paused");
    expect(recountExplanation(MAIN, stretch.from, stretch.until, spans)).toMatchObject({
      countedMs: explained.openMs,
      faults: [],
    });
  });

  test("hours that are empty are refused with the policy, and break no case (zammad 1396)", () => {
    const empty = shippedRules.calendars.map((calendar) => (calendar === MAIN ? { ...calendar, week: {} } : calendar));
    expect(
      lintPolicy(shippedRules.policy, empty, instantOf(OPENED)).map(({ code, path }) => `${code} ${path}`),
    ).toContain("never-opens /teams/0/hours");
  });
});

describe("faults that other desks' users complain of, about pauses and notices", () => {
  test("time spent waiting stays left out when the target changes (glpi 6902, 15605)", () => {
    const targets = [
      ...[480, 960].map((minutes, index) => ({
        id: `work-${index}`,
        when: { metric: ["resolution" as const], priority: [index === 0 ? "high" : "low"] },
        length: { minutes },
        clock: "team-hours" as const,
        warnings: [],
      })),
      ...shippedRules.policy.targets,
    ];
    const rules = shippedRulebook({ targets });
    const high = opened(OPENED, "high", rules);
    const waiting = stateAfter(high, changeStatus(high, { to: "waiting-on-fix" }, rules, hours(1), BY));
    const goingOn = stateAfter(waiting, changeStatus(waiting, { to: "open" }, rules, hours(4), BY));
    const lowered = stateAfter(goingOn, changePriority(goingOn, { to: "low" }, rules, hours(5), BY));
    // Of sixteen hours two are gone: the three of waiting are not among them.
    const standing = dueOf(rules, lowered, clockOf(lowered, "resolution"));
    expect(leftMs(rules, standing, hours(5))).toBe(14 * HOUR_MS);
    const moved = stateAfter(lowered, handOver(lowered, { team: "au" }, rules, hours(5), BY));
    expect(leftMs(rules, dueOf(rules, moved, clockOf(moved, "resolution")), hours(5))).toBe(14 * HOUR_MS);
  });

  test("a notice about a clock can address nobody outside the desk (zammad 1121)", () => {
    const high = opened(OPENED, "high", rulebook);
    const warned = wake(high, rulebook, hours(3.5), BY);
    const broken = wake(stateAfter(high, warned), rulebook, hours(4.5), BY);
    const noticesOf = (current: typeof high, facts: typeof warned) => {
      if ("refused" in facts) throw new Error(facts.refused);
      const next = applyAppend(current, facts, current.id);
      return owedBy({ facts, next, projection: project(next, rulebook), wakeAtBefore: undefined }, next.changedAt);
    };
    const owed = [...noticesOf(high, warned), ...noticesOf(stateAfter(high, warned), broken)].map(
      (effect) => effect.owed,
    );
    const mails = owed.flatMap((one) => (one.kind === "mail" ? [`${one.template} to ${one.to.kind}`] : []));
    expect(mails).toEqual(["warning to team-lead", "breach to team-lead"]);
  });

  test("nobody is reminded at midnight of what runs on the team's hours (zammad 4432)", () => {
    const { hours: open } = rulebook.calendar("main-hours");
    for (const priority of ["high", "medium", "low"]) {
      for (let at = 0; at < 7 * 24; at += 5) {
        const current = opened(toIso(hours(at)), priority, rulebook);
        const cycle = clockOf(current, "first-response");
        const warnings = warningsOf(rulebook, dueOf(rulebook, current, cycle));
        expect(warnings).toHaveLength(1);
        // What is reached at closing time is told then, while the last of them are leaving.
        for (const warning of warnings) {
          expect([priority, at, isOpen(open, plus(warning.at, -1))]).toEqual([priority, at, true]);
        }
      }
    }
  });

  test("each promise has its own due, not the nearest alone (zammad 3928)", () => {
    const rules = promising("resolution", { minutes: 480 });
    const high = opened(OPENED, "high", rules);
    expect(high.clocks.map(({ metric }) => [metric, dueText(high, metric, rules)])).toEqual([
      ["first-response", toIso(hours(4))],
      ["resolution", toIso(hours(8))],
    ]);
    // The list goes by the nearest that runs; answered, by the other.
    expect(project(high, rules).dueAt).toBe(hours(4));
    expect(project(stateAfter(high, reply(high, "msg_2", rules, hours(1), BY)), rules).dueAt).toBe(hours(8));
  });
});

import { type Actor, type FactType, HOUR_MS, instantOf, numberOf, reply, SECOND_MS, toIso } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { AGENT, openReactionDesk, type ReactionDesk } from "../fixtures/reaction-desk.ts";
import { wakeCase } from "./wake-case.ts";

const OPENED = "2026-06-10T14:00:00Z";
const WARNING = "2026-06-10T17:00:00.000Z";
/** Four hours; a breach is certain a millisecond later. */
const BREACH = "2026-06-10T18:00:00.001Z";

const BY: Actor = { kind: "agent", id: AGENT };

let desk: ReactionDesk;
let caseId: string;
beforeEach(async () => {
  desk = openReactionDesk(OPENED);
  await desk.enrol();
  caseId = await desk.open({ requestedPriority: "high" });
});

async function wakeFor(wakeAt: string, epoch = 1): Promise<void> {
  await wakeCase({ caseId, wakeAt: instantOf(wakeAt), epoch }, desk);
}

async function told(...types: FactType[]): Promise<string[]> {
  const appends = await desk.cases.facts(caseId, 0, 500);
  return appends.flatMap(({ facts }) =>
    facts.filter(({ type }) => types.includes(type)).map(({ type, at }) => `${type} ${toIso(at)}`),
  );
}

const seconds = (iso: string) => Math.floor(Date.parse(iso) / SECOND_MS);

describe("when a wake-up comes at its instant", () => {
  test("the case is warned, and owes the timer of its breach", async () => {
    desk.moveTo(WARNING);
    await wakeFor(WARNING);
    expect(await told("ClockWarned", "ClockBreached")).toEqual([`ClockWarned ${WARNING}`]);
    const timers = await desk.effectsOf(caseId, "timer");
    expect(timers.map(({ owed }) => (owed.kind === "timer" ? toIso(owed.wakeAt) : ""))).toEqual([WARNING, BREACH]);
  });

  test("the breach is recorded once, however often and by however many it is woken", async () => {
    desk.moveTo(BREACH);
    await Promise.all([wakeFor(BREACH), wakeFor(BREACH), wakeFor(WARNING)]);
    await wakeFor(BREACH);
    expect(await told("ClockWarned", "ClockBreached")).toEqual([`ClockBreached ${BREACH}`]);
  });

  test("a wake-up that comes very late finds the breach all the same", async () => {
    desk.moveTo("2026-06-12T09:00:00Z");
    await wakeFor(WARNING);
    expect(await told("ClockWarned", "ClockBreached")).toEqual(["ClockBreached 2026-06-12T09:00:00.000Z"]);
    expect(desk.measures).toEqual({ "breach-lateness-ms": 39 * HOUR_MS });
  });

  test("a case that was answered meanwhile is left alone", async () => {
    desk.moveTo("2026-06-10T15:00:00Z");
    await desk.cases.change(caseId, (current, rulebook, now) => reply(current, "msg_answer", rulebook, now, BY));
    desk.moveTo(BREACH);
    await wakeFor(BREACH);
    expect(await told("ClockWarned", "ClockBreached")).toEqual([]);
  });
});

describe("when a wake-up does not count", () => {
  test("one of an older epoch changes nothing", async () => {
    await desk.desk.bumpEpoch();
    desk.moveTo(BREACH);
    await wakeFor(BREACH, 1);
    expect(await told("ClockBreached")).toEqual([]);
    await wakeFor(BREACH, 2);
    expect(await told("ClockBreached")).toHaveLength(1);
  });

  test("one of a case that is not there is counted and forgotten", async () => {
    await wakeCase({ caseId: "case_999999999", wakeAt: instantOf(BREACH), epoch: 1 }, desk);
    expect(desk.counts["wake-up-of-no-case"]).toBe(1);
  });
});

describe("when a wake-up comes early", () => {
  test.each([
    ["by a millisecond", "2026-06-10T16:59:59.999Z", 1],
    ["by a second and a half", "2026-06-10T16:59:58.500Z", 2],
    ["by 15 minutes", "2026-06-10T16:45:00Z", 900],
  ])("%s, the message goes back with a delay", async (_situation, at, delaySeconds) => {
    desk.moveTo(at);
    await wakeFor(WARNING);
    expect(await told("ClockWarned")).toEqual([]);
    expect(desk.wakeUpsSent).toEqual([{ wakeUp: { caseId, wakeAt: instantOf(WARNING), epoch: 1 }, delaySeconds }]);
    expect(desk.timersSet).toEqual([]);
  });

  test("by more, another timer is set for the same instant under a leg of its own", async () => {
    desk.moveTo("2026-06-10T16:44:59Z");
    await wakeFor(WARNING);
    expect(desk.wakeUpsSent).toEqual([]);
    expect(desk.timersSet.map(({ name }) => name)).toEqual([
      `1-${numberOf(caseId)}-${seconds(WARNING)}-${seconds("2026-06-10T16:44:59Z")}`,
    ]);
  });
});

describe("when the wake-up has moved later since its timer was set", () => {
  const MOVED = "2026-06-10T20:00:00.000Z";

  async function move(wakeAt: string): Promise<void> {
    const found = await desk.cases.readWithProjection(caseId);
    if (found === undefined) throw new Error("the case is not there");
    await desk.cases.rewriteProjection(caseId, 1, { ...found.projection, wakeAt: instantOf(wakeAt) });
  }

  test("the old timer sets the new one, and said twice sets one", async () => {
    await move(MOVED);
    desk.moveTo(WARNING);
    await wakeFor(WARNING);
    desk.moveOn(3 * SECOND_MS);
    await wakeFor(WARNING);
    expect(desk.timersSet.map(({ name, wakeAt }) => [name, toIso(wakeAt)])).toEqual([
      [`1-${numberOf(caseId)}-${seconds(MOVED)}-${seconds(WARNING)}`, MOVED],
    ]);
  });

  test("further than a timer reaches, it is left to the sweep", async () => {
    await move("2026-06-20T20:00:00.000Z");
    desk.moveTo(WARNING);
    await wakeFor(WARNING);
    expect([desk.timersSet, desk.wakeUpsSent]).toEqual([[], []]);
  });

  test("a wake-up that the rules have moved is written anew and set", async () => {
    await move(OPENED);
    desk.moveTo("2026-06-10T14:00:01Z");
    await wakeFor(OPENED);
    const found = await desk.cases.readWithProjection(caseId);
    expect(found?.projection.wakeAt).toBe(instantOf(WARNING));
    expect(desk.timersSet.map(({ wakeAt }) => toIso(wakeAt))).toEqual([WARNING]);
    expect(await told("ClockWarned", "ClockBreached")).toEqual([]);
  });
});

describe("when the store fails", () => {
  test("the message fails, so that it comes again", async () => {
    desk.moveTo(WARNING);
    const failing = {
      ...desk,
      cases: { ...desk.cases, change: () => Promise.reject(new Error("too many conflicts")) },
    };
    await expect(wakeCase({ caseId, wakeAt: instantOf(WARNING), epoch: 1 }, failing)).rejects.toThrow(
      "too many conflicts",
    );
    await wakeFor(WARNING);
    expect(await told("ClockWarned")).toHaveLength(1);
  });
});

describe("when the team of an unanswered critical case closes", () => {
  /** June: main closes at midnight UTC while au is open from 23:00 to 07:00, when nobody is. */
  const CLOSING = "2026-06-11T00:00:00.000Z";
  const AU_CLOSES = "2026-06-11T07:00:00.000Z";
  const MAIN_OPENS = "2026-06-11T12:00:00.000Z";

  beforeEach(async () => {
    desk.moveTo("2026-06-10T23:30:00Z");
    caseId = await desk.open({ requestedPriority: "critical" });
  });

  const wakeAt = async () => {
    const found = await desk.cases.readWithProjection(caseId);
    return found?.projection.wakeAt && toIso(found.projection.wakeAt);
  };
  const lookAt = async (at: string) => {
    desk.moveTo(at);
    await wakeFor(at);
  };

  test("the timer is set for the closing, and the case is handed over then, once", async () => {
    expect(await wakeAt()).toBe(CLOSING);
    await lookAt(CLOSING);
    await lookAt(CLOSING);
    expect(await desk.cases.read(caseId)).toMatchObject({
      team: "au",
      clocks: [{ dueAt: instantOf("2026-06-11T01:30:00Z") }],
    });
    expect((await told("CaseRouted")).filter((line) => line.endsWith(CLOSING))).toHaveLength(1);
  });

  test("a wake-up that comes when it is open again hands nothing over, and asks for the next closing", async () => {
    await lookAt("2026-06-11T13:00:00.000Z");
    expect(await desk.cases.read(caseId)).toMatchObject({ team: "main" });
    expect(await wakeAt()).toBe("2026-06-12T00:00:00.000Z");
  });

  test("through the gap that follows: recorded once, and taken over by the first team to open", async () => {
    for (let at = await wakeAt(); at !== undefined && at <= MAIN_OPENS; at = await wakeAt()) await lookAt(at);
    expect(await told("CoverageGapFound")).toEqual([`CoverageGapFound ${AU_CLOSES}`]);
    expect((await told("CaseRouted")).slice(-2)).toEqual([`CaseRouted ${CLOSING}`, `CaseRouted ${MAIN_OPENS}`]);
    expect(await told("ClockBreached")).toHaveLength(1);
    const pages = await desk.effectsOf(caseId, "mail");
    expect(pages.filter(({ owed }) => owed.kind === "mail" && owed.template === "on-call-page")).toHaveLength(1);
  });
});

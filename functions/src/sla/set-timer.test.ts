import { ARMED_AHEAD_MS, type Instant, numberOf, plus, SECOND_MS, toIso } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { namedBy, openReactionDesk, type ReactionDesk, UNHURRIED } from "../fixtures/reaction-desk.ts";
import { armWakeUps } from "./arm-wake-ups.ts";
import { setTimer } from "./set-timer.ts";
import { EARLY_MAX_MS } from "./timer-name.ts";

const OPENED = "2026-06-10T14:00:00Z";
/** 75 % of four hours. */
const WARNING = "2026-06-10T17:00:00.000Z";

let desk: ReactionDesk;
beforeEach(async () => {
  desk = openReactionDesk(OPENED);
  await desk.enrol();
});

async function openHigh() {
  const caseId = await desk.open({ requestedPriority: "high" });
  return { caseId, effect: await desk.effectOf(caseId, "timer") };
}

/** What lists and timers believe, moved as a calendar's edit would. */
async function moveWakeUp(caseId: string, wakeAt: Instant | undefined): Promise<void> {
  const found = await desk.cases.readWithProjection(caseId);
  if (found === undefined) throw new Error(`${caseId} is not there`);
  await desk.cases.rewriteProjection(caseId, found.case.version, { ...found.projection, wakeAt });
}

const ended = async (effect: { caseId: string; id: string }) => {
  const { status, reason, outcome } = (await desk.effects.read(effect.caseId, effect.id)) ?? {};
  return { status, reason, outcome };
};

describe("when a case owes a timer", () => {
  test("it is set for the case's wake-up", async () => {
    const { caseId, effect } = await openHigh();
    await setTimer(namedBy(effect), desk);
    const [timer] = desk.timersSet;
    const name = `1-${numberOf(caseId)}-${Date.parse(WARNING) / SECOND_MS}-0`;
    expect(timer && { ...timer, wakeAt: toIso(timer.wakeAt) }).toEqual({ name, caseId, wakeAt: WARNING, epoch: 1 });
    expect(await ended(effect)).toEqual({ status: "done", reason: undefined, outcome: name });
  });

  test("and the first sweep of a desk comes by, one timer is set between them", async () => {
    const { effect } = await openHigh();
    await setTimer(namedBy(effect), desk);
    await armWakeUps(UNHURRIED, desk);
    expect(desk.timersSet).toHaveLength(1);
    expect(desk.counts["timers-armed"]).toBe(0);
  });

  test("and the sweep was there first, its timer is the one", async () => {
    const { effect } = await openHigh();
    await armWakeUps(UNHURRIED, desk);
    await setTimer(namedBy(effect), desk);
    expect(desk.timersSet).toHaveLength(1);
    expect(await ended(effect)).toMatchObject({ status: "done", outcome: desk.timersSet[0]?.name });
  });

  test.each([
    ["so near that its timer may have rung by now, another is set", EARLY_MAX_MS, 2],
    ["too far ahead for that, the one that is there is enough", EARLY_MAX_MS + SECOND_MS, 1],
  ])("whose name is taken, for an instant %s", async (_consequence, aheadMs, timers) => {
    const { caseId, effect } = await openHigh();
    await moveWakeUp(caseId, plus(desk.clock(), aheadMs));
    await armWakeUps(UNHURRIED, desk);
    await setTimer(namedBy(effect), desk);
    expect(new Set(desk.timersSet.map(({ name }) => name)).size).toBe(timers);
    expect(desk.timersSet.map(({ wakeAt }) => wakeAt)).toEqual(Array(timers).fill(plus(desk.clock(), aheadMs)));
  });

  test("told twice, it is set once", async () => {
    const { effect } = await openHigh();
    await setTimer(namedBy(effect), desk);
    await setTimer(namedBy(effect), desk);
    expect(desk.timersSet).toHaveLength(1);
  });

  test("told twice at once, it is set once and done", async () => {
    const { effect } = await openHigh();
    await Promise.all([setTimer(namedBy(effect), desk), setTimer(namedBy(effect), desk)]);
    expect(desk.timersSet).toHaveLength(1);
    expect(await ended(effect)).toMatchObject({ status: "done" });
  });

  test("a crash before the record is made good by the next delivery", async () => {
    const { effect } = await openHigh();
    const crashing = { ...desk, effects: { ...desk.effects, end: () => Promise.reject(new Error("crashed")) } };
    await expect(setTimer(namedBy(effect), crashing)).rejects.toThrow("crashed");
    await setTimer(namedBy(effect), desk);
    expect(desk.timersSet).toHaveLength(1);
    expect(await ended(effect)).toMatchObject({ status: "done" });
  });

  test("a failure leaves it owed", async () => {
    const { effect } = await openHigh();
    const failing = { ...desk, timers: { start: () => Promise.reject(new Error("throttled")) } };
    await expect(setTimer(namedBy(effect), failing)).rejects.toThrow("throttled");
    expect(await ended(effect)).toMatchObject({ status: "pending" });
  });
});

describe("when the wake-up has moved since", () => {
  test("the timer is set for what it is now, though that is later", async () => {
    const { caseId, effect } = await openHigh();
    const later = plus(desk.clock(), 7_200_000);
    await moveWakeUp(caseId, later);
    await setTimer(namedBy(effect), desk);
    expect(desk.timersSet.map(({ wakeAt }) => wakeAt)).toEqual([later]);
  });

  test.each([
    ["no wake-up is wanted any more", undefined],
    ["it is so far ahead that the sweep sets it", ARMED_AHEAD_MS + SECOND_MS],
  ])("none is set when %s", async (_situation, aheadMs) => {
    const { caseId, effect } = await openHigh();
    await moveWakeUp(caseId, aheadMs === undefined ? undefined : plus(desk.clock(), aheadMs));
    await setTimer(namedBy(effect), desk);
    expect(desk.timersSet).toEqual([]);
    expect(await ended(effect)).toMatchObject({ status: "abandoned", reason: "superseded" });
  });

  test("a timer of a restored desk bears its new epoch", async () => {
    const { effect } = await openHigh();
    await desk.desk.bumpEpoch();
    await setTimer(namedBy(effect), desk);
    expect(desk.timersSet.map(({ epoch, name }) => [epoch, name.slice(0, 2)])).toEqual([[2, "2-"]]);
  });
});

import { ARMED_AHEAD_MS, HOUR_MS, instantOf, MINUTE_MS, numberOf, plus, SECOND_MS } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { openReactionDesk, type ReactionDesk, UNHURRIED } from "../fixtures/reaction-desk.ts";
import { armWakeUps } from "./arm-wake-ups.ts";

const OPENED = "2026-06-10T14:00:00Z";

let desk: ReactionDesk;
beforeEach(async () => {
  desk = openReactionDesk(OPENED);
  await desk.enrol();
});

const armedUntil = async () => (await desk.desk.read()).armedUntil;

/** Opens cases whose wake-up lies so far ahead. */
async function openWith(...aheadMs: number[]): Promise<string[]> {
  const ids: string[] = [];
  for (const ms of aheadMs) {
    const caseId = await desk.open({ requestedPriority: "high" });
    const found = await desk.cases.readWithProjection(caseId);
    if (found === undefined) throw new Error(`${caseId} is not there`);
    await desk.cases.rewriteProjection(caseId, 1, { ...found.projection, wakeAt: plus(desk.clock(), ms) });
    ids.push(caseId);
  }
  return ids;
}

describe("a sweep", () => {
  test("sets a timer for each wake-up of the next 25 hours, overdue ones too, and none beyond", async () => {
    const [overdue, soon, edge] = await openWith(
      -5 * MINUTE_MS,
      HOUR_MS,
      ARMED_AHEAD_MS - SECOND_MS,
      ARMED_AHEAD_MS + SECOND_MS,
    );
    await armWakeUps(UNHURRIED, desk);
    expect(desk.timersSet.map(({ caseId }) => caseId)).toEqual([overdue, soon, edge]);
    expect(desk.timersSet[1]?.name).toBe(`1-${numberOf(soon ?? "")}-${(Date.parse(OPENED) + HOUR_MS) / SECOND_MS}-0`);
    expect(await armedUntil()).toBe(plus(instantOf(OPENED), ARMED_AHEAD_MS));
    expect(desk.counts["timers-armed"]).toBe(3);
  });

  test("is made once an hour, however often it is asked for", async () => {
    await armWakeUps(UNHURRIED, desk);
    const [late] = await openWith(ARMED_AHEAD_MS + 30 * MINUTE_MS);
    desk.moveOn(HOUR_MS - SECOND_MS);
    await armWakeUps(UNHURRIED, desk);
    expect(desk.timersSet).toEqual([]);
    desk.moveOn(SECOND_MS);
    await armWakeUps(UNHURRIED, desk);
    expect(desk.timersSet.map(({ caseId }) => caseId)).toEqual([late]);
  });

  test("looks again at what the index may not have shown the last one, and sets it once", async () => {
    await openWith(ARMED_AHEAD_MS - MINUTE_MS);
    await armWakeUps(UNHURRIED, desk);
    desk.moveOn(HOUR_MS);
    await armWakeUps(UNHURRIED, desk);
    expect(desk.timersSet).toHaveLength(1);
  });

  test("that crashes is made again by the next, and nothing is set twice", async () => {
    await openWith(HOUR_MS, 2 * HOUR_MS);
    const crashing = { ...desk, desk: { ...desk.desk, setArmedUntil: () => Promise.reject(new Error("crashed")) } };
    await expect(armWakeUps(UNHURRIED, crashing)).rejects.toThrow("crashed");
    await armWakeUps(UNHURRIED, desk);
    expect(desk.timersSet).toHaveLength(2);
    expect(desk.counts["timers-armed"]).toBe(2);
  });
});

describe("a sweep that has no time left", () => {
  test("keeps how far it came, and the next goes on from there", async () => {
    await openWith(...Array.from({ length: 60 }, (_, index) => (index + 1) * 20 * MINUTE_MS));
    await armWakeUps({ remainingMs: () => 0 }, desk);
    const first = desk.timersSet.length;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(60);
    expect(await armedUntil()).toBe(desk.timersSet.at(-1)?.wakeAt);

    await armWakeUps(UNHURRIED, desk);
    expect(desk.timersSet).toHaveLength(60);
    expect(await armedUntil()).toBe(plus(instantOf(OPENED), ARMED_AHEAD_MS));
  });
});

describe("after an import", () => {
  test("everything is armed again under the new epoch", async () => {
    await openWith(HOUR_MS);
    await armWakeUps(UNHURRIED, desk);
    await desk.desk.bumpEpoch();
    await armWakeUps(UNHURRIED, desk);
    expect(desk.timersSet.map(({ epoch }) => epoch)).toEqual([1, 2]);
  });

  test("a sweep that an import overtakes does not say that the new epoch is armed", async () => {
    await openWith(HOUR_MS);
    const overtaken = {
      ...desk,
      timers: {
        start: async () => {
          await desk.desk.bumpEpoch();
          return "started" as const;
        },
      },
    };
    await armWakeUps(UNHURRIED, overtaken);
    await armWakeUps(UNHURRIED, desk);
    expect(desk.timersSet.map(({ epoch }) => epoch)).toEqual([2]);
  });
});

import { HOUR_MS, MINUTE_MS, project, SECOND_MS } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { NO_TEAM } from "@ithaca/store";
import { beforeEach, describe, expect, test } from "vitest";
import { openReactionDesk, type ReactionDesk } from "../fixtures/reaction-desk.ts";
import { CASES_A_PAGE, PAGE_MS, type RewritePorts, rewriteProjections } from "./rewrite-projections.ts";

/** A Wednesday, 10:00 in New York. */
const OPENED = "2026-06-10T14:00:00Z";

let desk: ReactionDesk;
let ports: RewritePorts;
let pausedMs: number;

beforeEach(async () => {
  desk = openReactionDesk(OPENED);
  await desk.enrol();
  pausedMs = 0;
  const pause = async (ms: number) => {
    pausedMs += ms;
  };
  ports = { ...desk, pause };
});

/** Puts another version of main's hours in force in an hour. */
async function edit(week: Record<string, [string, string][]>) {
  const calendar = shippedRules.calendars.find(({ id }) => id === "main-hours");
  if (calendar === undefined) throw new Error("no main-hours");
  const { revision } = await desk.rules.timeline();
  const inForceFrom = (desk.clock() + HOUR_MS) as ReturnType<typeof desk.clock>;
  const change = { by: "ops", at: desk.clock(), reason: "Summer", inForceFrom };
  await desk.rules.putCalendar({ ...calendar, version: 2, week }, change, revision);
}

const days = (...hours: [string, string][]) =>
  Object.fromEntries(["1", "2", "3", "4", "5"].map((day) => [day, hours])) as Record<string, [string, string][]>;
const SHORTER = days(["12:00", "14:00"]);
const LONGER = days(["00:00", "24:00"]);

/** Runs it every minute, each time for so long, until it is done. */
async function sweep(pagesARun = 1_000): Promise<number> {
  for (let runs = 1; runs < 200; runs += 1) {
    let left = pagesARun;
    const remainingMs = () => {
      left -= 1;
      return left >= 0 ? 60 * SECOND_MS : 0;
    };
    await rewriteProjections({ remainingMs }, ports);
    const { done, revision } = await desk.desk.projections();
    if (done && revision === (await desk.rules.timeline()).revision) return runs;
    desk.moveOn(MINUTE_MS);
  }
  throw new Error("the sweep does not end");
}

/** Runs it each minute for so many. */
async function run(minutes: number, given: RewritePorts): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    await rewriteProjections({ remainingMs: () => 60 * SECOND_MS }, given);
    desk.moveOn(MINUTE_MS);
  }
}

async function stale(ids: readonly string[]): Promise<string[]> {
  const rulebook = await desk.rulebooks.inForce(desk.clock(), []);
  const found = await Promise.all(ids.map((id) => desk.cases.readWithProjection(id)));
  return found.flatMap((one) =>
    one === undefined || one.projection.dueAt === project(one.case, rulebook).dueAt ? [] : [one.case.id],
  );
}

describe("when nothing was edited", () => {
  test("nothing is looked at", async () => {
    await desk.open({ requestedPriority: "medium" });
    expect(await sweep()).toBe(1);
    expect(desk.counts["projections-rewritten"]).toBeUndefined();
    expect(pausedMs).toBe(0);
  });
});

describe("when a calendar is edited", () => {
  test("the dues of 2,000 cases follow, without a fact, at a bounded rate and over several runs", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 2_000; index += 1) ids.push(await desk.open({ requestedPriority: "medium" }));
    await edit(SHORTER);
    desk.moveOn(MINUTE_MS);
    expect(await stale(ids)).toHaveLength(2_000);

    const runs = await sweep(20);
    expect(await stale(ids)).toEqual([]);
    expect(desk.counts["projections-rewritten"]).toBe(2_000);
    expect((await desk.cases.read(ids[0] ?? ""))?.version).toBe(1);
    // Each page of 25 took its quarter of a second: 2,000 cases 20 seconds, and no timer was set for a later wake-up.
    expect(pausedMs).toBeGreaterThanOrEqual((2_000 / CASES_A_PAGE) * PAGE_MS);
    expect(runs).toBeGreaterThan(4);
    expect(desk.timersSet).toEqual([]);
  }, 90_000);

  test("it waits until every function goes by the new rules", async () => {
    const id = await desk.open({ requestedPriority: "medium" });
    await edit(SHORTER);
    await rewriteProjections({ remainingMs: () => 60 * SECOND_MS }, ports);
    desk.moveOn(MINUTE_MS);
    await rewriteProjections({ remainingMs: () => 60 * SECOND_MS }, ports);
    expect(await stale([id])).toEqual([id]);
    await sweep();
    expect(await stale([id])).toEqual([]);
  });

  test("what somebody wrote by rules that they remembered is found when it looks again", async () => {
    const id = await desk.open({ requestedPriority: "medium" });
    const before = await desk.cases.readWithProjection(id);
    if (before === undefined) throw new Error("no case");
    await edit(SHORTER);
    const minutes = (count: number) => run(count, ports);
    await minutes(5);
    expect(await stale([id])).toEqual([]);
    await desk.cases.rewriteProjection(id, before.case.version, before.projection);
    await minutes(10);
    expect(await stale([id])).toEqual([id]);
    await minutes(10);
    expect(await stale([id])).toEqual([]);
  });

  test("a case that somebody tried to write just then is written all the same, or its page is done once more", async () => {
    const id = await desk.open({ requestedPriority: "medium" });
    await edit(SHORTER);
    let conflicts = 0;
    const refusing = (times: number): RewritePorts => ({
      ...ports,
      cases: {
        ...desk.cases,
        rewriteProjection: async (...given) => {
          conflicts += 1;
          return conflicts > times && (await desk.cases.rewriteProjection(...given));
        },
      },
    });
    await expect(run(30, refusing(Number.POSITIVE_INFINITY))).rejects.toThrow(`${id} could not be written 4 times`);
    expect([conflicts, await stale([id])]).toEqual([4, [id]]);
    await run(30, refusing(conflicts + 2));
    expect(await stale([id])).toEqual([]);
    expect(desk.counts["projections-rewritten"]).toBe(1);
  });

  test("a wake-up that moved earlier gets its timer at once", async () => {
    const id = await desk.open({ requestedPriority: "low" });
    const before = await desk.cases.readWithProjection(id);
    await edit(LONGER);
    await sweep();
    const after = await desk.cases.readWithProjection(id);
    expect(after?.projection.wakeAt).toBeLessThan(before?.projection.wakeAt ?? 0);
    expect(desk.timersSet).toMatchObject([{ caseId: id, wakeAt: after?.projection.wakeAt, epoch: 1 }]);
  });

  test("twice, the second sweep begins anew", async () => {
    const id = await desk.open({ requestedPriority: "medium" });
    await edit(SHORTER);
    await sweep();
    const { revision } = await desk.desk.projections();
    const calendar = shippedRules.calendars.find(({ id: name }) => name === "main-hours");
    if (calendar === undefined) throw new Error("no main-hours");
    const change = { by: "ops", at: desk.clock(), reason: "Back", inForceFrom: desk.clock() };
    await desk.rules.putCalendar({ ...calendar, version: 3 }, change, revision);
    desk.moveOn(MINUTE_MS);
    await sweep();
    expect(await stale([id])).toEqual([]);
    expect((await desk.desk.projections()).revision).toBe(revision + 1);
  });
});

describe("when a policy removes a team that has cases", () => {
  test("they are not lost: the sweep finds them, and whoever looks at the whole desk", async () => {
    const id = await desk.open({ requestedPriority: "medium", accountTeam: "au" });
    const { policy } = shippedRules;
    const teams = policy.teams.filter(({ code }) => code !== "au");
    const change = { by: "ops", at: desk.clock(), reason: "One team", inForceFrom: desk.clock() };
    await desk.rules.putPolicy({ ...policy, version: 2, teams }, change, 0);
    desk.moveOn(MINUTE_MS);
    await sweep();

    const stored = await desk.cases.readWithProjection(id);
    expect(stored?.case.team).toBe("au");
    expect(stored?.projection).toMatchObject({ team: undefined, category: "active" });
    const listed = await desk.cases.list({ team: ["main", NO_TEAM], category: "active" }, 10);
    expect(listed.items.map((item) => item.case.id)).toEqual([id]);
  });
});

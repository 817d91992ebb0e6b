import { DAY_MS, HOUR_MS, system, wake } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { MESSAGE } from "../fixtures/good-requests.ts";
import { openRequestDesk } from "../fixtures/request-desk.ts";
import { routesOf } from "../fixtures/routes-of.ts";

let desk: Awaited<ReturnType<typeof openRequestDesk>>;
let routes: ReturnType<typeof routesOf>;

/** A high case of Cleo's, looked at after so many hours and answered then. */
async function answeredAfter(hours: number, channelMessageId: string): Promise<string> {
  const body = { ...MESSAGE, channelMessageId, requestedPriority: "high" };
  const { number } = (await routes["send-message"]({ as: "cleo", body })).body;
  desk.moveOn(hours * HOUR_MS);
  await desk.store.cases.change(`case_${number}`, (current, rules, now) =>
    wake(current, rules, now, system("wake-case")),
  );
  await change("write-reply", number, "ana", { text: "Done." });
  desk.moveOn(-hours * HOUR_MS);
  return number;
}

async function change(
  id: "write-reply" | "waive-breach" | "change-marks",
  number: string,
  as: "ana" | "lena",
  body: object,
) {
  const version = (await desk.store.cases.read(`case_${number}`))?.version;
  const path = { number, metric: "first-response" };
  const { status } = await routes[id]({ as, path, headers: { "if-match": `"${version}"` }, body });
  expect(status).toBeLessThan(300);
}

const report = async (query: Record<string, string> = {}) =>
  (await routes["report-attainment"]({ as: "lena", query })).body;

beforeEach(async () => {
  desk = await openRequestDesk();
  routes = routesOf(desk);
});

describe("of a desk on which one promise was kept, one broken, and one broken and excused,", () => {
  beforeEach(async () => {
    await answeredAfter(1, "met");
    await answeredAfter(40, "breached");
    await change("waive-breach", await answeredAfter(40, "waived"), "lena", { reason: "Storm" });
  });

  test("a report tells so, and the excused one is in no percentage", async () => {
    expect(await report()).toEqual({
      from: "2026-11",
      to: "2026-11",
      by: ["metric", "priority"],
      zone: "UTC",
      rows: [{ metric: "first-response", priority: "high", met: 1, breached: 1, waived: 1, percentMet: 50 }],
      total: { met: 1, breached: 1, waived: 1, percentMet: 50 },
    });
  });

  test("a report is by what was asked for, over the months that were asked for", async () => {
    const asked = { from: "2026-09", to: "2026-12", by: "team,package,month" };
    expect((await report(asked)).rows).toEqual([
      { team: "main", package: "standard", month: "2026-11", met: 1, breached: 1, waived: 1, percentMet: 50 },
    ]);
    const total = { met: 0, breached: 0, waived: 0 };
    expect(await report({ from: "2026-09", to: "2026-10" })).toMatchObject({ rows: [], total });
  });

  test("what turns out a test leaves it, and comes back", async () => {
    const number = await answeredAfter(1, "test");
    expect((await report()).total.met).toBe(2);
    await change("change-marks", number, "ana", { marks: ["test"] });
    expect((await report()).total.met).toBe(1);
    await change("change-marks", number, "ana", { marks: [] });
    expect((await report()).total.met).toBe(2);
  });
});

describe("a report without an end", () => {
  test("ends with the current month, and so does one without anything", async () => {
    await answeredAfter(1, "met");
    desk.moveOn(31 * DAY_MS);
    expect(await report({ from: "2026-11" })).toMatchObject({ to: "2026-12", total: { met: 1 } });
    expect(await report()).toMatchObject({ from: "2026-12", to: "2026-12", rows: [] });
  });
});

describe("a report that cannot be made", () => {
  test.each([
    [{ from: "2026-13" }, "query.from", "such as 2026-11"],
    [{ from: "2026-11", to: "2026-10" }, "query.to", "from must not be after to"],
    [{ from: "2023-01", to: "2026-01" }, "query.to", "36 months at most"],
    [{ from: "2031-01" }, "query.to", "from must not be after to"],
    [{ by: "agent" }, "query.by.0", "metric"],
    [{ zone: "Asia/Tokyo" }, "query.zone", "is not a known field"],
  ])("%j names the field", async (query, path, message) => {
    const answer = await routes["report-attainment"]({ as: "lena", query: query as Record<string, string> });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
    expect(answer.body.errors[0].message).toContain(message);
  });

  test("because it would be longer than anybody reads says to ask for less", async () => {
    const many = Array.from({ length: 5_001 }, (_none, at) => ({
      month: "2026-11",
      metric: "update",
      team: `t${at}`,
      met: 1,
      breached: 0,
      waived: 0,
    }));
    Object.assign(desk.store.attainment, { counted: async () => many });
    const answer = await routes["report-attainment"]({ as: "lena", query: { by: "team" } });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "query.by" }] } });
  });

  test("for an agent is not there", async () => {
    expect((await routes["report-attainment"]({ as: "ana" })).status).toBe(404);
  });
});

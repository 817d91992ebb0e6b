import { type Calendar, DAY_MS, HOUR_MS, plus } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { PREVIEW_STALLED_MS } from "@ithaca/store";
import { describe, expect, test } from "vitest";
import { MESSAGE } from "../fixtures/good-requests.ts";
import { openRequestDesk } from "../fixtures/request-desk.ts";
import { routesOf } from "../fixtures/routes-of.ts";
import { foldCases } from "./fold-cases.ts";

const { policy: POLICY, calendars: CALENDARS } = shippedRules;
const [MAIN] = CALENDARS;

/** The shipped policy with half an hour for high cases. */
const SHORTER = {
  ...POLICY,
  targets: POLICY.targets.map((rule) =>
    rule.when.priority?.includes("high") === true ? { ...rule, length: { minutes: 30 } } : rule,
  ),
};

/** A desk with so many high cases, each answered after an hour, two days ago. */
async function deskWith(count: number) {
  const desk = await openRequestDesk();
  const routes = routesOf(desk);
  for (let at = 0; at < count; at += 1) {
    const body = { ...MESSAGE, channelMessageId: String(at), requestedPriority: "high" };
    const { number } = (await routes["send-message"]({ as: "cleo", body })).body;
    desk.moveOn(HOUR_MS);
    const reply = { path: { number }, headers: { "if-match": '"1"' }, body: { text: "Done." } };
    await routes["write-reply"]({ as: "ana", ...reply });
    desk.moveOn(-HOUR_MS);
  }
  desk.moveOn(2 * DAY_MS);
  const start = (body: object, key = "k") =>
    routes["start-preview"]({ as: "mona", headers: { "idempotency-key": key }, body });
  const read = (id: string) => routes["read-preview"]({ as: "mona", path: { id } });
  /** Works off the queue; each message comes twice. */
  const work = async () => {
    for (let page = desk.pagesAsked.shift(); page !== undefined; page = desk.pagesAsked.shift()) {
      const asked = page;
      await Promise.all([foldCases(asked, desk.ports), foldCases(asked, desk.ports)]);
      await foldCases(asked, desk.ports);
    }
  };
  /** Everything but what belongs to previews. */
  const rest = async () =>
    JSON.parse(await desk.everything()).filter(({ pk }: { pk: string }) => !pk.startsWith("PREVIEW#"));
  return { desk, start, read, work, rest };
}

describe("a shorter target that is previewed", () => {
  test("is answered at once, worked out page by page however often each comes, and changes nothing else", async () => {
    const { start, read, work, rest } = await deskWith(3);
    const before = await rest();
    const { status, body, headers } = await start({ policy: SHORTER, days: 30 });
    expect(status).toBe(202);
    expect(headers.location).toBe(`/v1/policy/previews/${body.id}`);
    expect(body).toMatchObject({ state: "running", months: [{ month: "2026-10" }, { month: "2026-11", cases: 0 }] });

    await work();
    const done = (await read(body.id)).body;
    expect(done).toMatchObject({ state: "done", months: [{ done: true }, { cases: 3, done: true }] });
    expect(done.result.summary).toMatchObject({ cases: 3, casesChanged: 3, all: { breachesGained: 3 } });
    expect(done.result.summary.byAccount.acct_lakeside).toMatchObject({
      dueEarlier: done.result.summary.all.dueEarlier,
    });
    expect(done.result.examples).toHaveLength(3);
    expect(done.result.examples[0].explanation.after.join(" ")).toContain("Promised: 30 min");
    expect(await rest()).toEqual(before);
  });

  test("asked for again is the same preview; another question under its key is refused", async () => {
    const { start, work } = await deskWith(1);
    const first = await start({ policy: SHORTER });
    await work();
    const again = await start({ policy: SHORTER });
    expect(again).toMatchObject({ status: 202, body: { id: first.body.id, state: "done" } });
    expect(again.headers["idempotent-replayed"] ?? again.headers["Idempotent-Replayed"]).toBe("true");
    expect((await start({ policy: SHORTER, days: 10 })).body.type).toContain("key-reused");
  });

  test("over more cases than a page is the same as over one", async () => {
    const { start, read, work } = await deskWith(260);
    const { body } = await start({ policy: SHORTER });
    await work();
    expect((await read(body.id)).body.result.summary).toMatchObject({ cases: 260, all: { breachesGained: 260 } });
  });

  test("whose beginning was cut off is begun by whoever looks after a while, once", async () => {
    const { desk, start, read, work } = await deskWith(1);
    const { body } = await start({ policy: SHORTER });
    desk.pagesAsked.length = 0;
    await read(body.id);
    expect(desk.pagesAsked).toEqual([]);
    desk.moveOn(PREVIEW_STALLED_MS);
    const looks = await Promise.all([read(body.id), read(body.id), read(body.id)]);
    expect(looks.map((look) => look.body.state)).toEqual(["running", "running", "running"]);
    expect(desk.pagesAsked.map(({ month }) => month)).toEqual(body.months.map(({ month }: { month: string }) => month));
    await work();
    expect((await read(body.id)).body).toMatchObject({ state: "done", result: { summary: { cases: 1 } } });
  });

  test("whose last page was summed up without a result gets one", async () => {
    const { desk, start, read, work } = await deskWith(1);
    const { finish } = desk.store.previews;
    Object.assign(desk.store.previews, { finish: async () => undefined });
    const { body } = await start({ policy: SHORTER });
    await work();
    Object.assign(desk.store.previews, { finish });
    desk.moveOn(PREVIEW_STALLED_MS);
    expect((await read(body.id)).body.state).toBe("running");
    await work();
    desk.moveOn(PREVIEW_STALLED_MS);
    expect((await read(body.id)).body.state).toBe("done");
    expect(desk.pagesAsked).toEqual([]);
  });

  test("that has expired meanwhile is left alone", async () => {
    const { desk } = await deskWith(1);
    await foldCases({ previewId: "prev_gone", month: "2026-11" }, desk.ports);
    expect(desk.pagesAsked).toEqual([]);
  });
});

describe("a preview over cases that are older than the rules in force", () => {
  type Desk = Awaited<ReturnType<typeof deskWith>>["desk"];

  /** The calendar of the team closes on the day of the cases and opens on it again; then a policy moves what is unfinished. */
  async function edit(desk: Desk) {
    const { rules } = desk.store;
    const change = () => ({
      by: "prin_ops",
      at: desk.ports.clock(),
      reason: "It turned out so.",
      inForceFrom: plus(desk.ports.clock(), HOUR_MS),
    });
    const closed = new Date(desk.ports.clock() - 2 * DAY_MS).toISOString().slice(0, 10);
    const holidays: Calendar["holidays"] = [{ on: closed, name: "Closed", source: { kind: "hand" } }];
    const main = CALENDARS.find(({ id }) => id === "main-hours") as Calendar;
    for (const calendar of [
      { ...main, version: 2, holidays },
      { ...main, version: 3 },
    ]) {
      expect(await rules.putCalendar(calendar, change(), calendar.version - 2)).toBe(true);
      desk.moveOn(2 * HOUR_MS);
    }
    expect(await rules.putPolicy({ ...POLICY, version: 2 }, { ...change(), movesUnfinished: true }, 2)).toBe(true);
    desk.moveOn(2 * HOUR_MS);
  }

  const result = async ({ start, read, work }: Awaited<ReturnType<typeof deskWith>>) => {
    const { body } = await start({ policy: SHORTER, days: 30 });
    await work();
    return (await read(body.id)).body.result;
  };

  test("goes by the hours in force for all of them, whatever was in force when they were opened", async () => {
    const [plain, edited] = await Promise.all([deskWith(3), deskWith(3)]);
    plain.desk.moveOn(6 * HOUR_MS);
    await edit(edited.desk);
    const { summary, examples } = await result(edited);
    expect(summary).toMatchObject({ cases: 3, all: { breachesGained: 3 } });
    const expected = await result(plain);
    expect(summary.all).toEqual(expected.summary.all);
    expect(examples[0].explanation.before.join("\n")).toContain("version 3");
  });
});

describe("a proposal that asks for priorities otherwise", () => {
  test("reads the subject that a priority went by", async () => {
    const { start, read, work } = await deskWith(2);
    const classification = POLICY.classification.map((rule) => ({ ...rule, priority: "low" }));
    const { body } = await start({ policy: { ...POLICY, classification } });
    await work();
    expect((await read(body.id)).body.result.summary).toMatchObject({ cases: 2, casesChanged: 2 });
  });
});

describe("a preview that cannot be made", () => {
  test.each([
    [
      "of a policy with a hole",
      { policy: { ...POLICY, defaultTeam: "nobody" } },
      "invalid-request",
      "policy.defaultTeam",
    ],
    ["of hours that never come", { calendars: [{ ...MAIN, week: {} }] }, "invalid-request", "calendars.0.week"],
    ["of nothing", {}, "invalid-request", "policy"],
    ["over too many days", { policy: POLICY, days: 367 }, "invalid-request", "days"],
  ])("%s says what is wrong, and nothing is written", async (_what, body, code, path) => {
    const { desk, start } = await deskWith(1);
    const before = await desk.everything();
    const refused = await start(body);
    expect(refused.body.type).toBe(`urn:ithaca:problem:${code}`);
    expect(JSON.stringify(refused.body.errors)).toContain(path);
    expect([await desk.everything(), desk.pagesAsked]).toEqual([before, []]);
  });

  test("over a time without a case says so", async () => {
    const { desk, start } = await deskWith(1);
    desk.moveOn(40 * DAY_MS);
    const before = await desk.everything();
    expect(await start({ policy: SHORTER, days: 30 })).toMatchObject({
      status: 422,
      body: { type: "urn:ithaca:problem:no-cases" },
    });
    expect(await desk.everything()).toBe(before);
  });

  test("that nobody asked for is not there", async () => {
    const { read } = await deskWith(1);
    expect((await read("prev_0")).status).toBe(404);
  });
});

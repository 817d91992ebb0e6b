import { createHash } from "node:crypto";
import { instantOf } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { LAMBDA_CONTEXT } from "../fixtures/lambda-context.ts";
import { httpEvent, openRequestDesk, type Request, type RequestDesk } from "../fixtures/request-desk.ts";
import { onVisit } from "../runtime/on-visit.ts";
import { manifest } from "./publish-calendars.manifest.ts";
import { publications } from "./publish-calendars.ts";

/** Wednesday 10:00 in New York. */
const NOW = "2026-11-25T15:00:00.000Z";

const DESK_URL = "https://desk.example/portal";

let desk: RequestDesk;
let visit: (
  routeKey: string,
  request?: Request,
) => Promise<{ status: number; text: string; head: Record<string, string> }>;

beforeEach(async () => {
  desk = await openRequestDesk(NOW);
  vi.stubEnv("DESK_URL", DESK_URL);
  const handler = onVisit(manifest, publications, () => ({
    ...desk.ports,
    settings: { DESK_URL },
  }));
  visit = async (routeKey, request = {}) => {
    const { statusCode, headers, body } = await handler({ ...httpEvent(request), routeKey }, LAMBDA_CONTEXT);
    return { status: statusCode ?? 0, text: body ?? "", head: headers as Record<string, string> };
  };
});

const ONE = "GET /calendars/{page}";
const page = (name: string, headers: Record<string, string> = {}) => visit(ONE, { path: { page: name }, headers });

describe("when somebody who has not signed in looks at calendars", () => {
  test("they see every one, who is there now, and pictures of this year and the next", async () => {
    const { status, text, head } = await visit("GET /calendars");
    expect(status).toBe(200);
    expect(head["content-type"]).toBe("text/html; charset=utf-8");
    for (const { id } of shippedRules.calendars) expect(text).toContain(`<a href="calendars/${id}">`);
    expect(text).toContain('<span class="now">open</span> until 20:00');
    expect(text).toContain("closed until 09:00");
    expect(text).toContain('<img src="coverage.svg?year=2026"');
    expect(text).toContain('<img src="coverage.svg?year=2027"');
  });

  test("the page of one has its hours, the holidays ahead, its feed and its picture", async () => {
    const { status, text } = await page("main-hours");
    expect(status).toBe(200);
    expect(text).toContain("Thursday, 26 November 2026");
    expect(text).not.toContain("4 July 2026");
    expect(text).toContain('<a href="main-hours.ics">');
    expect(text).toContain("<svg ");
  });

  test("the feed has ids that stay, in the name of the desk's host", async () => {
    const { status, text, head } = await page("main-hours.ics");
    expect([status, head["content-type"]]).toEqual([200, "text/calendar; charset=utf-8"]);
    expect(text).toContain("UID:main-hours-holiday-2026-11-26@desk.example");
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/);
  });

  test("the data say nothing of where a holiday comes from", async () => {
    const { status, text, head } = await page("main-hours.json");
    expect([status, head["content-type"]]).toEqual([200, "application/json; charset=utf-8"]);
    expect(JSON.parse(text).id).toBe("main-hours");
    expect(text).not.toContain("source");
  });

  test("the picture is an image, of another year when it is asked for", async () => {
    const now = await visit("GET /coverage.svg");
    expect(now.head["content-type"]).toBe("image/svg+xml; charset=utf-8");
    expect(now.text).toContain("in 2026</title>");
    expect((await visit("GET /coverage.svg", { query: { year: "2028" } })).text).toContain("in 2028</title>");
  });
});

describe("when a page is shown", () => {
  test.each([
    ["GET /calendars", {}],
    [ONE, { path: { page: "main-hours" } }],
    [ONE, { path: { page: "main-hours.ics" } }],
    ["GET /coverage.svg", {}],
  ])("%s %j may be kept, loads nothing of others, and runs nothing", async (key, request) => {
    const { head, text } = await visit(key, request);
    expect(head["cache-control"]).toMatch(/^public, max-age=\d+$/);
    expect(head["x-content-type-options"]).toBe("nosniff");
    expect(head["content-security-policy"]).toMatch(/^default-src 'none'; img-src 'self'; /);
    expect(head["content-security-policy"]).not.toContain("unsafe");
    expect(text).not.toMatch(/<script| style=| on[a-z]+=/i);
  });

  test("the one style that holds is the page's own", async () => {
    const { head, text } = await page("main-hours");
    const style = /<style>(.*?)<\/style>/s.exec(text)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(head["content-security-policy"]).toContain(`style-src 'sha256-${hash}';`);
  });

  test.each(["main-hours", "main-hours.ics", "main-hours.json"])("%s is not sent again to who has it", async (name) => {
    const first = await page(name);
    const again = await page(name, { "if-none-match": `"other", W/${first.head.etag}` });
    expect(again).toMatchObject({ status: 304, text: "", head: { etag: first.head.etag } });
  });

  test("a new version of the calendar is another page", async () => {
    const first = await page("main-hours");
    const [calendar] = shippedRules.calendars;
    if (calendar === undefined) throw new Error("the shipped rules have calendars");
    const at = instantOf(NOW);
    const change = { by: "max", at, reason: "Shorter days", inForceFrom: at };
    await desk.store.rules.putCalendar({ ...calendar, version: 2, week: { "1": [["09:00", "10:00"]] } }, change, 0);
    desk.moveOn(61_000);

    const second = await page("main-hours", { "if-none-match": first.head.etag ?? "" });
    expect(second.status).toBe(200);
    expect(second.text).toContain("09:00–10:00");
    const feed = await page("main-hours.ics");
    expect(feed.text).toContain("SEQUENCE:2");
    expect(feed.text).toContain("DTSTAMP:20261125T150000Z");
  });
});

test("a version that is to come is announced on the page until it is in force", async () => {
  const [calendar] = shippedRules.calendars;
  if (calendar === undefined) throw new Error("the shipped rules have calendars");
  const change = { by: "max", at: instantOf(NOW), reason: "Later", inForceFrom: instantOf("2026-11-25T15:30:00Z") };
  const announced = "From 10:30 on Wednesday, 25 November 2026 other hours or holidays hold";
  expect((await page("main-hours")).text).not.toContain("other hours or holidays");

  await desk.store.rules.putCalendar({ ...calendar, version: 2, week: { "1": [["09:00", "10:00"]] } }, change, 0);
  desk.moveOn(61_000);
  const before = (await page("main-hours")).text;
  expect(before).toContain(announced);
  expect(before).not.toContain("09:00–10:00");
  desk.moveOn(30 * 60_000);
  const after = (await page("main-hours")).text;
  expect(after).not.toContain(announced);
  expect(after).toContain("09:00–10:00");
});

describe("when there is no such page", () => {
  test.each(["night-hours", "night-hours.ics"])("%s is not found", async (name) => {
    const { status, head } = await page(name);
    expect([status, head["content-type"], head["cache-control"]]).toEqual([
      404,
      "application/problem+json",
      "no-store",
    ]);
  });

  test.each(["main-hours.exe", "..", "<script>", "a".repeat(99)])("%s is no name of one", async (name) => {
    const { status, text } = await page(name);
    expect(status).toBe(400);
    expect(JSON.parse(text).errors[0].path).toBe("path.page");
    expect(text).not.toContain("<script>");
  });

  test("a parameter that is not known is named", async () => {
    const { status, text } = await visit("GET /calendars", { query: { debug: "1" } });
    expect([status, JSON.parse(text).errors[0].path]).toEqual([400, "query.debug"]);
  });
});

import { type Calendar, instantOf } from "@ithaca/domain";
import { shippedCalendars } from "@ithaca/policy";
import { renderCalendarPage, renderCalendarsPage, renderYearStrip } from "@ithaca/policy/publish";
import { describe, expect, test } from "vitest";
import { CHROMIUM, openPage, servePage } from "../client/in-chromium.ts";

const PHONE_WIDTH = 360;

/** As much of everything as a page may have to show in one line. */
const crowded: Calendar = {
  id: "crowded",
  version: 1,
  name: `Support in ${"Llanfairpwllgwyngyllgogerychwyrndrobwll".repeat(2)}`,
  zone: "America/Argentina/ComodRivadavia",
  week: { "1": Array.from({ length: 12 }, (_, at) => [`${at + 10}:00`, `${at + 10}:30`]) },
  holidays: [{ on: "2026-12-24", name: "Donaudampfschifffahrt".repeat(9), source: { kind: "hand" } }],
  extraOpenings: [{ on: "2026-12-26", hours: [["10:00", "11:00"]], name: "Stocktaking".repeat(9) }],
};
const calendars = [...shippedCalendars(), crowded];

function pageOf(calendar: Calendar): string {
  return renderCalendarPage({
    calendar,
    today: "2026-11-25",
    feedAddress: `${calendar.id}.ics`,
    jsonAddress: `${calendar.id}.json`,
    pictures: [{ year: 2026, svg: renderYearStrip({ year: 2026, teams: [{ team: calendar.name, calendar }] }) }],
  });
}

const pages: Readonly<Record<string, string>> = {
  "/calendars": renderCalendarsPage({
    desk: "The desk",
    now: instantOf("2026-11-25T23:30:00Z"),
    entries: calendars.map((calendar) => ({ calendar, teams: ["main", "au"], when: { isOpen: false } })),
    years: [],
  }),
  ...Object.fromEntries(calendars.map((calendar) => [`/calendars/${calendar.id}`, pageOf(calendar)])),
};

/** Opens each page in a frame as wide as a phone, and tells by how much what is in it is wider. */
const MEASURE = `(async () => {
  const beyond = {};
  for (const path of ${JSON.stringify(Object.keys(pages))}) {
    const frame = document.createElement("iframe");
    frame.style.cssText = "border:0;width:${PHONE_WIDTH}px;height:640px";
    frame.src = path;
    const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
    document.body.append(frame);
    await loaded;
    const { scrollWidth, clientWidth } = frame.contentDocument.documentElement;
    beyond[path] = scrollWidth - clientWidth;
    frame.remove();
  }
  await fetch("/said", { method: "POST", body: JSON.stringify(beyond) });
})();`;

describe.skipIf(CHROMIUM === undefined)("the published pages in Chromium (left out where there is none)", () => {
  test("fit the width of a phone, whatever is in them", async () => {
    const beyond = await openPage(await servePage(async () => MEASURE, pages));
    expect(beyond).toEqual(Object.fromEntries(Object.keys(pages).map((path) => [path, 0])));
  });
});

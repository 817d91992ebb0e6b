import { type Calendar, instantOf } from "@ithaca/domain";
import { shippedCalendars } from "@ithaca/policy";
import { renderCalendarPage, renderCalendarsPage, renderYearStrip } from "@ithaca/policy/publish";
import { describe, expect, test } from "vitest";
import { CHROMIUM, openPage, servePage } from "../client/in-chromium.ts";

const PHONE_WIDTH = 360;
const SCREEN_WIDTH = 1_000;
/** No column is so narrow that a word of it stands letter under letter. */
const CELL_WIDTH_MIN = 50;

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

/** Opens each page in a frame, and tells by how much what is in it is wider, and how wide its narrowest cell is. */
function measureAt(width: number): string {
  return `(async () => {
  const pages = {};
  for (const path of ${JSON.stringify(Object.keys(pages))}) {
    const frame = document.createElement("iframe");
    frame.style.cssText = "border:0;width:${width}px;height:640px";
    frame.src = path;
    const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
    document.body.append(frame);
    await loaded;
    const { scrollWidth, clientWidth } = frame.contentDocument.documentElement;
    const cells = [...frame.contentDocument.querySelectorAll("td")].map((cell) => cell.clientWidth);
    pages[path] = { beyond: scrollWidth - clientWidth, narrowest: Math.min(...cells) };
    frame.remove();
  }
  await fetch("/said", { method: "POST", body: JSON.stringify(pages) });
})();`;
}

type Measured = Readonly<Record<string, { readonly beyond: number; readonly narrowest: number }>>;

describe.skipIf(CHROMIUM === undefined)("the published pages in Chromium (left out where there is none)", () => {
  test.each([
    ["a phone", PHONE_WIDTH],
    ["a screen", SCREEN_WIDTH],
  ])("fit the width of %s, whatever is in them", async (_, width) => {
    const measured = (await openPage(await servePage(async () => measureAt(width), pages))) as Measured;
    expect(Object.keys(measured)).toEqual(Object.keys(pages));
    const wrong = Object.entries(measured).filter(
      ([, { beyond, narrowest }]) => beyond > 0 || narrowest < CELL_WIDTH_MIN,
    );
    expect(wrong).toEqual([]);
  });
});

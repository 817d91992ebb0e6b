import { addOpenTime, compileCalendar, explainOpenTime, HOUR_MS, instantOf } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { shippedCalendars } from "../shipped-calendars.ts";
import { renderExplanationBar } from "./render-explanation-bar.ts";

function bar(from: string, hours: number, title = "A due"): string {
  const [calendar] = shippedCalendars();
  if (calendar === undefined) throw new Error("no calendar is shipped");
  const open = compileCalendar(calendar);
  const start = instantOf(from);
  const due = addOpenTime(open, start, hours * HOUR_MS);
  return renderExplanationBar({ title, zone: calendar.zone, start, due, spans: explainOpenTime(open, start, due) });
}

/** The boxes: their title, where they begin, how wide they are. */
function boxes(svg: string): [string, number, number][] {
  const found = svg.matchAll(/<rect x="([\d.]+)" y="58" width="([\d.]+)".*?><title>(.*?)<\/title>/g);
  return Array.from(found, ([, x, width, title = ""]) => [title, Number(x), Number(width)]);
}

describe("the bar of a due over Thanksgiving", () => {
  const svg = bar("2026-11-25T23:30:00Z", 12, "Case <1>");

  test("has a box for each span, named, and they fill it", () => {
    expect(boxes(svg).map(([title]) => title)).toEqual([
      "2026-11-25 counted: 1 h 30 min",
      "2026-11-25 night: 4 h",
      "2026-11-26 Thanksgiving Day: 24 h",
      "2026-11-27 night: 8 h",
      "2026-11-27 counted: 10 h 30 min",
    ]);
    expect(boxes(svg)[0]?.[1]).toBe(20);
    expect(boxes(svg).reduce((sum, [, , width]) => sum + width, 0)).toBeCloseTo(860, 0);
  });

  test("says when it starts and when it is due, by the wall of the team", () => {
    expect(svg).toContain(">start Wed 18:30</text>");
    expect(svg).toContain(">due Fri 18:30</text>");
    expect(svg).toContain("<title>Case &lt;1&gt;</title>");
    expect(svg).toContain(">10 h 30 min</text>");
    expect(svg).not.toContain(">1 h 30 min</text>");
    expect(svg).toContain(">Thanksgiving Day</text>");
  });

  test("names a holiday that is wide enough for its name, and no markup is in it", () => {
    const [calendar] = shippedCalendars();
    if (calendar === undefined) throw new Error("no calendar is shipped");
    const named = (name: string) => {
      const hours = compileCalendar({ ...calendar, holidays: [{ on: "2026-11-26", name, source: { kind: "hand" } }] });
      const [start, due] = [instantOf("2026-11-25T23:30:00Z"), instantOf("2026-11-27T23:30:00Z")];
      return renderExplanationBar({
        title: "",
        zone: calendar.zone,
        start,
        due,
        spans: explainOpenTime(hours, start, due),
      });
    };
    expect(named("<Fair>")).toContain(">&lt;Fair&gt;</text>");
    expect(named("A day of a very long name, which has no room in a box of a day of three")).not.toContain(
      "room in a box of a day of three</text>",
    );
  });
});

describe("the bar of a due over a clock change", () => {
  test("marks it, with the way the clocks move", () => {
    expect(bar("2026-10-31T00:30:00Z", 2)).toContain("<title>the clocks move by −1 h</title>");
    expect(bar("2026-03-06T23:30:00Z", 3)).toContain("<title>the clocks move by +1 h</title>");
  });

  test("colours weekends, and of nothing is empty", () => {
    expect(bar("2026-10-31T00:30:00Z", 2)).toMatch(/fill="#9aa7b8"><title>2026-10-31 weekend: 24 h/);
    expect(boxes(bar("2026-11-25T15:00:00Z", 0))).toEqual([]);
  });
});

import type { Calendar } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { renderYearStrip } from "./render-year-strip.ts";

const DAY_WIDTH = 3;

function calendar(zone: string, week: Calendar["week"], holidays: Calendar["holidays"] = []): Calendar {
  return { id: "c", version: 1, name: "C", zone, week, holidays };
}

const early = calendar("UTC", { "1": [["00:00", "12:00"]] }, [
  { on: "2026-01-05", name: "Fair & <b>", source: { kind: "hand" } },
  { on: "2027-01-04", name: "Next year", source: { kind: "hand" } },
]);
const late = calendar("UTC", { "1": [["06:00", "02:00"]] });

/** The rectangles of the paths of one colour: day of the year, hours from and to. */
function boxes(svg: string, colour: string): [number, number, number][] {
  const [, path = ""] = new RegExp(`<path fill="${colour}" d="(.*?)"`).exec(svg) ?? [];
  return [...path.matchAll(/M(\d+) ([\d.]+)h3v([\d.]+)h-3z/g)].map(([, x, y, height]) => {
    const from = (Number(y) - 58) / 9;
    return [(Number(x) - 44) / DAY_WIDTH, from, from + Number(height) / 9];
  });
}

/** The elements that are not closed by their own end. */
function unclosed(svg: string): string[] {
  const open: string[] = [];
  for (const [, end, name = "", alone] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (end === "" && alone === "") open.push(name);
    if (end === "/" && open.at(-1) === name) open.pop();
  }
  return open;
}

describe("the picture of a year", () => {
  const svg = renderYearStrip({
    year: 2026,
    teams: [
      { team: "early", calendar: early },
      { team: "late <>", calendar: late },
    ],
  });

  test("has a box for each opening, cut at midnight in UTC", () => {
    expect(boxes(svg, "#3b78c4").slice(0, 2)).toEqual([
      [11, 0, 12],
      [18, 0, 12],
    ]);
    expect(boxes(svg, "#3b78c4")).toHaveLength(51);
    expect(boxes(svg, "#d99a2b").slice(0, 3)).toEqual([
      [4, 6, 24],
      [5, 0, 2],
      [11, 6, 24],
    ]);
  });

  test("shows the overlap and the holidays of the year", () => {
    expect(boxes(svg, "#2f8f5b")[0]).toEqual([11, 6, 12]);
    expect(svg.match(/<title>2026-01-05 Fair &amp; &lt;b&gt;<\/title>/g)).toHaveLength(1);
    expect(svg).not.toContain("Next year");
  });

  test("names the teams, the overlap and the gap, and is well-formed", () => {
    expect(svg).toContain("<title>Hours of early and late &lt;&gt; in 2026</title>");
    for (const name of ["early", "late &lt;&gt;", "both", "nobody", "Jan", "Dec", "24:00"]) {
      expect(svg).toContain(`>${name}</text>`);
    }
    expect(unclosed(svg)).toEqual([]);
  });

  test("of one team has no overlap, and a leap year one day more", () => {
    const one = renderYearStrip({ year: 2028, teams: [{ team: "early", calendar: early }] });
    expect(one).not.toContain("both");
    expect(one).toContain(`viewBox="0 0 ${44 + 366 * DAY_WIDTH + 10} `);
  });

  test("of three teams is refused", () => {
    const teams = ["a", "b", "c"].map((team) => ({ team, calendar: early }));
    expect(() => renderYearStrip({ year: 2026, teams })).toThrow(new RangeError("a strip shows at most 2 teams"));
  });
});

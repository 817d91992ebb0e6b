import { describe, expect, test } from "vitest";
import { type HolidayPlace, resolveHolidays } from "./resolve-holidays.ts";

function rows(place: HolidayPlace, year: number) {
  return resolveHolidays(place, { from: year, to: year }).map(({ on, name, hours }) => [on, name, ...(hours ?? [])]);
}

describe("the holidays of a place", () => {
  test("say where they come from", () => {
    expect(resolveHolidays({ country: "AU", state: "NSW" }, { from: 2026, to: 2026 })[0]).toEqual({
      on: "2026-01-01",
      name: "New Year's Day",
      source: {
        kind: "date-holidays",
        country: "AU",
        state: "NSW",
        rule: "01-01 and if saturday,sunday then next monday",
      },
    });
  });

  test("are those of all the years, in order, each date once", () => {
    const dates = resolveHolidays({ country: "US" }, { from: 2026, to: 2028 }).map(({ on }) => on);
    expect(dates).toEqual([...new Set(dates)].sort());
    expect([dates[0], dates.at(-1)]).toEqual(["2026-01-01", "2028-12-25"]);
  });

  test("are public unless other kinds are asked for", () => {
    const banks = rows({ country: "AU", state: "NSW", types: ["public", "bank"] }, 2026).map(([on]) => on);
    const without = rows({ country: "AU", state: "NSW" }, 2026).map(([on]) => on);
    expect(banks.filter((on) => !without.includes(on))).toEqual(["2026-08-03"]);
    expect(rows({ country: "US", types: ["public", "bank"] }, 2028)).toContainEqual([
      "2028-11-10",
      "Veterans Day (substitute day)",
    ]);
  });

  test("that last some days are an entry for each", () => {
    const spring = rows({ country: "KR", language: "en" }, 2026).filter(([on]) => String(on).startsWith("2026-02"));
    expect(spring.map(([on]) => on)).toEqual(["2026-02-17", "2026-02-18", "2026-02-19"]);
  });

  test("that take a part of a day leave the rest of its hours, if these are known", () => {
    const eve = (place: HolidayPlace) => rows(place, 2026).filter(([on]) => on === "2026-12-24");
    const week: HolidayPlace["week"] = { "4": [["09:00", "17:00"]] };
    expect(eve({ country: "IS", language: "en", week })).toEqual([["2026-12-24", "Christmas Eve", ["09:00", "13:00"]]]);
    expect(eve({ country: "IS", language: "en" })).toEqual([["2026-12-24", "Christmas Eve"]]);
    expect(eve({ country: "US", week })).toEqual([]);
  });

  test("of which two fall on one date have both names", () => {
    expect(rows({ country: "AU", state: "NSW" }, 2011)).toContainEqual([
      "2011-04-25",
      expect.stringMatching(/^(Easter Monday and Anzac Day|Anzac Day and Easter Monday)$/),
    ]);
  });

  test("of a region are more than those of its state", () => {
    const of = (place: HolidayPlace) => rows({ ...place, language: "en" }, 2026).length;
    expect(of({ country: "DE", state: "BY", region: "A" })).toBeGreaterThan(of({ country: "DE", state: "BY" }));
  });
});

describe("a place that nobody knows", () => {
  test.each<[string, HolidayPlace]>([
    ["ZZ", { country: "ZZ" }],
    ["AU-XYZ", { country: "AU", state: "XYZ" }],
    ["DE-BY-XYZ", { country: "DE", state: "BY", region: "XYZ" }],
    ["DE-A", { country: "DE", region: "A" }],
  ])("%s is refused", (name, place) => {
    expect(() => rows(place, 2026)).toThrow(new RangeError(`no holidays are known for ${name}`));
  });
});

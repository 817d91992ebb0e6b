import { type Calendar, instantOf, type Policy } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { calendarsFaults, rulesFaults } from "./rules-faults.ts";
import { shippedCalendars } from "./shipped-calendars.ts";
import { shippedPolicy } from "./shipped-policy.ts";

const NOW = instantOf("2026-06-10T14:00:00Z");
const inForce = shippedCalendars();
const main = inForce.find(({ id }) => id === "main-hours") as Calendar;

/** One that was applied before the linter looked for holes in the cover. */
const older: Policy = { ...shippedPolicy(), routing: [{ id: "own-team", when: {}, team: "account-team" }] };

describe("when calendars come new to a policy that has faults of its own", () => {
  test("a holiday more is no fault of them", () => {
    const more = {
      ...main,
      holidays: [...main.holidays, { on: "2029-06-05", name: "Move", source: { kind: "written" } }],
    };
    expect(rulesFaults(older, [], inForce, NOW)).not.toEqual([]);
    expect(calendarsFaults(older, [more as Calendar], inForce, NOW)).toEqual([]);
  });

  test("hours that never come are", () => {
    const never = { ...main, week: {} } as unknown as Calendar;
    expect(calendarsFaults(older, [never], inForce, NOW)).not.toEqual([]);
  });
});

import { type Calendar, HOUR_MS, MINUTE_MS, plus } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { openMemoryStore } from "@ithaca/store";
import { describe, expect, test } from "vitest";
import { NOW } from "../fake-world.ts";
import { applyCalendar } from "./apply-calendar.ts";

const LEAD_MS = 2 * MINUTE_MS;
const SOON = plus(NOW, HOUR_MS);
const change = { by: "max", at: NOW, reason: "A day off", inForceFrom: SOON };
const store = () => openMemoryStore({ clock: () => NOW, random: () => 0.5, shipped: shippedRules });
const mainHours = shippedRules.calendars.find(({ id }) => id === "main-hours") as Calendar;

describe("when a calendar is applied", () => {
  test("it is the next version whatever its own says, and the old one stays readable", async () => {
    const { rules, rulebooks } = store();
    const edited = { ...mainHours, version: 9, holidays: [] };
    expect(await applyCalendar(rules, edited, change, LEAD_MS)).toEqual({
      id: "main-hours",
      version: 2,
      inForceFrom: SOON,
    });
    expect(await applyCalendar(rules, mainHours, change, LEAD_MS)).toMatchObject({ version: 3 });
    expect((await rulebooks.calendar("main-hours", 1))?.calendar).toEqual(mainHours);
    expect((await rulebooks.calendar("main-hours", 2))?.calendar).toEqual({ ...edited, version: 2 });
    expect((await rules.history())[0]).toEqual({ ...change, calendar: "main-hours", version: 3 });
  });

  test("the least time ahead is enough", async () => {
    const { rules } = store();
    const soonest = { ...change, inForceFrom: plus(NOW, LEAD_MS) };
    expect(await applyCalendar(rules, mainHours, soonest, LEAD_MS)).toMatchObject({ version: 2 });
  });
});

describe("when a calendar cannot be applied", () => {
  test.each<[string, Partial<Calendar>, Partial<typeof change>, string]>([
    ["the instant is past", {}, { inForceFrom: plus(NOW, -1) }, "is past"],
    ["the instant is too soon", {}, { inForceFrom: plus(NOW, LEAD_MS - 1) }, "is too soon"],
    ["a team's hours would end for good", { validUntil: "2030-01-01" }, {}, "policy 1 /teams/0/hours"],
  ])("for %s, that is said and nothing is written", async (_, edit, different, words) => {
    const { rules } = store();
    await expect(applyCalendar(rules, { ...mainHours, ...edit }, { ...change, ...different }, LEAD_MS)).rejects.toThrow(
      words,
    );
    expect(await rules.timeline()).toEqual({ revision: 0, policy: [], calendars: {} });
  });

  test("for somebody was faster, that is said", async () => {
    const { rules } = store();
    const raced = {
      ...rules,
      putCalendar: async (...args: Parameters<typeof rules.putCalendar>) => {
        await rules.putCalendar({ ...mainHours, version: 2 }, change, 0);
        return rules.putCalendar(...args);
      },
    };
    await expect(applyCalendar(raced, mainHours, change, LEAD_MS)).rejects.toThrow("Somebody else");
  });
});

import { checkCalendar } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { authorShippedCalendars } from "./authoring/author-shipped-calendars.ts";
import { shippedCalendars } from "./shipped-calendars.ts";

describe("the shipped calendars", () => {
  test("are what the generator gives: run `npm run regenerate -w @ithaca/policy` after a change", () => {
    expect(shippedCalendars()).toEqual(Object.values(authorShippedCalendars()));
  });

  test.each(shippedCalendars().map((calendar) => [calendar.id, calendar] as const))(
    "%s has no fault",
    (_id, calendar) => {
      expect(checkCalendar(calendar)).toEqual([]);
    },
  );

  test("are those that the shipped policy names", () => {
    expect(shippedCalendars().map(({ id }) => id)).toEqual([
      "main-hours",
      "au-hours",
      "main-chat",
      "au-chat",
      "round-the-clock",
    ]);
  });
});

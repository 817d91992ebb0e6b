import { instantOf } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { zonedTime } from "./zoned-time.ts";

describe("an instant in a reader's zone", () => {
  test.each([
    [
      "2026-06-10T14:00:00Z",
      "America/New_York",
      "Wednesday 10 June 2026, 10:00 (Eastern Daylight Time, America/New_York)",
    ],
    [
      "2026-12-10T14:00:00Z",
      "America/New_York",
      "Thursday 10 December 2026, 09:00 (Eastern Standard Time, America/New_York)",
    ],
    [
      "2026-12-31T13:30:00Z",
      "Australia/Sydney",
      "Friday 1 January 2027, 00:30 (Australian Eastern Daylight Time, Australia/Sydney)",
    ],
    ["2026-06-10T00:00:59.999Z", "UTC", "Wednesday 10 June 2026, 00:00 (Coordinated Universal Time, UTC)"],
  ])("%s in %s", (iso, zone, expected) => {
    expect(zonedTime(instantOf(iso), zone)).toBe(expected);
  });
});

import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { minutesOf, WallTime, wallTimeOf } from "./wall-time.ts";

describe("a time on a wall clock", () => {
  test.each([
    ["00:00", 0],
    ["00:01", 1],
    ["09:30", 570],
    ["19:59", 1_199],
    ["23:59", 1_439],
    ["24:00", 1_440],
  ])("%s is %i minutes after midnight", (time, minutes) => {
    expect(z.parse(WallTime, time)).toBe(time);
    expect(minutesOf(time)).toBe(minutes);
    expect(wallTimeOf(minutes)).toBe(time);
  });

  test.each(["24:01", "25:00", "8:00", "08:60", "0800", "08:00:00", " 08:00", "30:00", "", "24:000", "124:00"])(
    "%j is none",
    (text) => {
      const { success, error } = z.safeParse(WallTime, text);
      expect(success).toBe(false);
      expect(error?.issues[0]?.message).toContain("08:30");
    },
  );
});

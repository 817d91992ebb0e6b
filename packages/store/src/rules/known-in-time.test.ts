import { type Instant, instant, MINUTE_MS, plus } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { START } from "../contract/example-appends.ts";
import { exampleCalendar, examplePolicy, exampleRules } from "../contract/example-rules.ts";
import { openMemoryStore } from "../open-memory-store.ts";
import { TooSoon } from "./known-in-time.ts";

/** A desk whose functions ask for the rules once a minute. */
const open = () =>
  openMemoryStore({ clock: () => START, random: () => 0, shipped: exampleRules(), rulesRefreshMs: MINUTE_MS });
const change = (inForceFrom: Instant) => ({ by: "prin_manager", at: START, reason: "Trial", inForceFrom });
const EARLIEST = plus(START, 2 * MINUTE_MS);

describe("when a version of the rules is to be in force before every function can know it", () => {
  test.each([
    ["in a moment", instant(EARLIEST - 1), /is too soon: .* at least 120 seconds ahead/],
    ["at once", START, /is too soon/],
    ["in the past", plus(START, -1), /is past/],
  ])("%s: it is refused, whoever asks, and nothing is written", async (_when, from, said) => {
    const { rules } = open();
    await expect(rules.putPolicy(examplePolicy(2), change(from), 0)).rejects.toThrow(TooSoon);
    await expect(rules.putCalendar(exampleCalendar(2), change(from), 0)).rejects.toThrow(said);
    expect(await rules.timeline()).toEqual({ revision: 0, policy: [], calendars: {} });
    expect(await rules.policy(2)).toBeUndefined();
  });

  test("twice the time between two readings ahead is soon enough", async () => {
    const { rules } = open();
    expect(await rules.putPolicy(examplePolicy(2), change(EARLIEST), 0)).toBe(true);
    expect(await rules.putCalendar(exampleCalendar(2), change(EARLIEST), 1)).toBe(true);
  });
});

import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { everyMetricRulebook } from "../fixtures/every-metric.ts";
import { BY, openedCase, stateAfter, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { Cycle } from "../sla/clock.ts";
import { shownDue } from "../sla/due.ts";
import { HOUR_MS, type Instant, MINUTE_MS, plus, SECOND_MS } from "../time/instant.ts";
import type { Case } from "./case.ts";
import { changePriority } from "./change-priority.ts";
import { changeStatus } from "./change-status.ts";
import { isOutgrown } from "./is-outgrown.ts";

const rulebook = everyMetricRulebook();
/** What an item may have of bytes, so that a case is read and written at an ordinary price. */
const SMALL_BYTES = 100_000;
const PAUSES = 1_000;

const given = (current: Case, to: string, at: Instant) =>
  stateAfter(current, changeStatus(current, { to }, rulebook, at, BY));

describe("when a case waits for its customer and goes on a thousand times", () => {
  let current = openedCase({ requestedPriority: "high" }, rulebook).case;
  let now: Instant = WEDNESDAY_10_NY;

  beforeAll(() => {
    // Ten seconds of work, ten of waiting, in the open time of one morning and afternoon.
    for (let pause = 0; pause < PAUSES; pause += 1) {
      now = plus(now, 10 * SECOND_MS);
      const waiting = given(current, "waiting-on-customer", now);
      now = plus(now, 10 * SECOND_MS);
      const going = given(waiting, "open", now);
      if (isOutgrown(current, waiting) || isOutgrown(waiting, going)) throw new Error(`no room for pause ${pause}`);
      current = going;
    }
  });

  test("each pause is left out, to the millisecond", () => {
    const cycle = current.clocks.find(({ metric }) => metric === "resolution");
    expect(cycle?.pauses).toHaveLength(PAUSES);
    const leftMs = 8 * HOUR_MS - PAUSES * 10 * SECOND_MS;
    // Main is open for ten hours of that day, and what is left ends before it closes or, after Thanksgiving, on Friday.
    const closing = plus(WEDNESDAY_10_NY, 10 * HOUR_MS);
    const due = cycle && shownDue(rulebook, current, cycle, now);
    expect(due).toBe(plus(plus(closing, 36 * HOUR_MS), leftMs - (closing - now)));
  });

  test("its clocks stay small", () => {
    expect(JSON.stringify(z.encode(z.array(Cycle), current.clocks)).length).toBeLessThan(SMALL_BYTES);
  });

  test("there is an end of it: so many more, and there is no room for another", () => {
    const cycle = current.clocks.find(({ metric }) => metric === "resolution");
    const pauses = Array.from({ length: 1_194 }, (_none, at) => ({
      from: plus(WEDNESDAY_10_NY, at * MINUTE_MS),
      until: plus(WEDNESDAY_10_NY, at * MINUTE_MS + 1),
    }));
    const full = { ...current, clocks: cycle === undefined ? [] : [{ ...cycle, pauses }] };
    expect(isOutgrown(current, full)).toBe(false);
    expect(isOutgrown(full, given(full, "waiting-on-fix", plus(WEDNESDAY_10_NY, 24 * HOUR_MS)))).toBe(true);
    const raised = stateAfter(full, changePriority(full, { to: "critical" }, rulebook, plus(now, 1), BY));
    expect(isOutgrown(full, raised)).toBe(true);
  });
});

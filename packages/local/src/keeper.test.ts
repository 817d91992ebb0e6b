import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startKeeper } from "./keeper.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const MINUTE_MS = 60_000;

/** A desk whose changes the test makes, and whose keeping the test may let fail. */
function keptDesk() {
  const desk = { changes: false, kept: 0, failing: false, told: [] as string[] };
  const keeper = startKeeper({
    tell: (line) => desk.told.push(line),
    watch: {
      async changed() {
        const changed = desk.changes;
        desk.changes = false;
        return changed;
      },
      close: () => {},
    },
    async keep() {
      if (desk.failing) throw new Error("disk full");
      desk.kept += 1;
    },
  });
  return { desk, keeper };
}

describe("while nothing changes", () => {
  test("nothing is kept until the end", async () => {
    const { desk } = keptDesk();
    await vi.advanceTimersByTimeAsync(3 * MINUTE_MS);
    expect(desk.kept).toBe(0);
  });

  test("it is kept at the end all the same: a mail that was sent since is no change that shows", async () => {
    const { desk, keeper } = keptDesk();
    await keeper.finish();
    expect(desk.kept).toBe(1);
  });
});

describe("when something changed", () => {
  test("it is kept within a minute, and once more when what follows from it has been done", async () => {
    const { desk } = keptDesk();
    desk.changes = true;
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(desk.kept).toBe(1);
    await vi.advanceTimersByTimeAsync(4 * MINUTE_MS);
    expect(desk.kept).toBe(2);
  });

  test("and the desk ends before the minute does, it is kept at the end", async () => {
    const { desk, keeper } = keptDesk();
    desk.changes = true;
    await keeper.finish();
    expect(desk.kept).toBe(1);
  });

  test("and it cannot be kept, that is told, and the next minute tries again", async () => {
    const { desk } = keptDesk();
    desk.changes = true;
    desk.failing = true;
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(desk.told).toEqual(["the data could not be kept: disk full"]);

    desk.failing = false;
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(desk.kept).toBe(1);
  });
});

import { instant } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import type { Store } from "../store.ts";
import { START } from "./example-appends.ts";

/** What every store of the desk does, whatever is under it. `openEmpty` gives one on a table that holds nothing. */
export function deskContract(openEmpty: () => Promise<Store>): void {
  describe("when nothing was ever written of the desk", () => {
    test("it is in its first epoch, live, and nothing is armed", async () => {
      const { desk } = await openEmpty();
      expect(await desk.read()).toEqual({ epoch: 1, outbound: "live", armedUntil: instant(0) });
    });
  });

  describe("the sweep that rewrites projections", () => {
    test("is done at first, and is kept as it is written", async () => {
      const { desk } = await openEmpty();
      expect(await desk.projections()).toEqual({ revision: 0, seenAt: instant(0), done: true });
      for (const sweep of [
        { revision: 2, seenAt: START, cursor: "a", done: false },
        { revision: 2, seenAt: START, done: true },
      ]) {
        await desk.setProjections(sweep);
        expect(await desk.projections()).toEqual(sweep);
      }
      expect(await desk.read()).toMatchObject({ epoch: 1 });
    });
  });

  describe("when it is held", () => {
    test("nothing goes out until go-live, and what is armed stays so", async () => {
      const { desk } = await openEmpty();
      await desk.setArmedUntil(START);
      await desk.hold();
      expect(await desk.read()).toEqual({ epoch: 1, outbound: "held", armedUntil: START });
      await desk.goLive();
      expect(await desk.read()).toEqual({ epoch: 1, outbound: "live", armedUntil: START });
    });
  });

  describe("when the epoch is bumped", () => {
    test("outbound is held until go-live, and nothing is armed", async () => {
      const { desk, cases } = await openEmpty();
      await desk.setArmedUntil(START);
      const held = { epoch: 2, outbound: "held", armedUntil: instant(0) };
      expect(await desk.bumpEpoch()).toEqual(held);
      expect(await desk.read()).toEqual(held);
      expect((await cases.lookUp({ principalId: "prin_a" })).epoch).toBe(2);

      await desk.goLive();
      await desk.setArmedUntil(START);
      expect(await desk.read()).toEqual({ epoch: 2, outbound: "live", armedUntil: START });
    });

    test("twice at once it is bumped twice", async () => {
      const { desk } = await openEmpty();
      const epochs = (await Promise.all([desk.bumpEpoch(), desk.bumpEpoch()])).map(({ epoch }) => epoch);
      expect(epochs.sort()).toEqual([2, 3]);
    });
  });
}

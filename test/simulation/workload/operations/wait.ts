import { DAY_MS, HOUR_MS } from "@ithaca/domain";
import type { Operation } from "../operation.ts";

/** An agent lets the case wait for something, or takes it up again: some clocks stand meanwhile. */
export const wait: Operation = {
  name: "wait",
  weight: 3,
  run: ({ change, chance, world }) => {
    const status = chance.pick(["waiting-on-customer", "waiting-on-fix", "waiting-until", "open"]);
    const until = new Date(world.agenda.now() + chance.between(HOUR_MS, 3 * DAY_MS)).toISOString();
    change({ route: "change-status", body: { status, ...(status === "waiting-until" && { until }) } });
  },
};

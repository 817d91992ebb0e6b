import type { Operation } from "../operation.ts";

/** An agent hands the case over to another team, whose hours count from then on. */
export const handOver: Operation = {
  name: "hand-over",
  weight: 2,
  run: ({ change, chance }) => change({ route: "change-team", body: { team: chance.pick(["main", "au"]) } }),
};

import type { Operation } from "../operation.ts";

const PRIORITIES = ["critical", "high", "medium", "low"];

/** An agent raises or lowers the priority. */
export const prioritise: Operation = {
  name: "prioritise",
  weight: 3,
  run: ({ change, chance }) => {
    change({ route: "change-priority", body: { priority: chance.pick(PRIORITIES), reason: "It turned out so." } });
  },
};

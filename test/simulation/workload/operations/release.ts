import type { Operation } from "../operation.ts";

/** An agent gives the case to a colleague, or to nobody. */
export const release: Operation = {
  name: "release",
  weight: 1,
  run: ({ change, chance, cast }) => {
    const assignee = chance.happens(0.5) ? "nobody" : chance.pick(cast.agents).principalId;
    change({ route: "take-case", body: { assignee } });
  },
};

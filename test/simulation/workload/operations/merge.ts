import type { Operation } from "../operation.ts";

/** An agent merges another case of the account into this one, and sometimes takes that back. */
export const merge: Operation = {
  name: "merge",
  weight: 1,
  run: ({ change, chance, others }) => {
    const [other] = others();
    if (other === undefined) return;
    const route = chance.happens(0.75) ? "merge-case" : "unmerge-case";
    change({ route }, { other });
  },
};

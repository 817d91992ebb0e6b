import type { Operation } from "../operation.ts";

/** An agent merges another case of the account into this one, and sometimes takes that back. */
export const merge: Operation = {
  name: "merge",
  weight: 1,
  run: ({ change, chance, others, later }) => {
    const [other] = others();
    if (other === undefined) return;
    change({ route: "merge-case", body: { notify: chance.happens(0.3) } }, { other });
    if (chance.happens(0.4)) later(() => change({ route: "unmerge-case" }, { other }));
  },
};

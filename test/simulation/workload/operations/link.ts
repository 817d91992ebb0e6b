import type { Operation } from "../operation.ts";

/** An agent says how the case stands to another one of the account, or takes that back. */
export const link: Operation = {
  name: "link",
  weight: 1,
  run: ({ change, chance, others, later }) => {
    const [other] = others();
    if (other === undefined) return;
    const params = { link: chance.pick(["related", "possibly-about", "parent"]), other };
    change({ route: "link-case" }, params);
    if (chance.happens(0.4)) later(() => change({ route: "unlink-case" }, params));
  },
};

import type { Operation } from "../operation.ts";

/** An agent fills in what the policy wants to know of a case; what fits no field is refused and changes nothing. */
export const fillIn: Operation = {
  name: "fill-in",
  weight: 1,
  run: ({ change, chance }) => {
    const fields = chance.pick([
      {},
      { seats: chance.between(1, 500) },
      { region: chance.pick(["north", "south"]), renewed: chance.happens(0.5) },
      { region: "nowhere" },
      { unknown: "x" },
    ]);
    change({ route: "change-fields", body: { fields } });
  },
};

import { DAY_MS, MINUTE_MS } from "@ithaca/domain";
import { userClaims } from "../cast.ts";
import type { Operation } from "../operation.ts";

/** An agent adds somebody of another account to the case, to see it or only to be written to; they look at it at once and later. */
export const letIn: Operation = {
  name: "let-in",
  weight: 2,
  run: ({ story, cast, ask, change, chance, world, later }) => {
    const { number, customer } = story;
    if (number === undefined) return;
    const guest = chance.pick(cast.customers.filter(({ accountId }) => accountId !== customer.accountId));
    const { personId, subject } = guest;
    if (subject === undefined) return;
    change({ route: "add-participant", body: { personId, part: "copied", seesCase: chance.happens(0.4) } });
    const look = () => ask({ route: "read-case", claims: userClaims(subject), params: { number } });
    world.agenda.after(chance.between(MINUTE_MS, DAY_MS), look);
    if (!chance.happens(0.5)) return;
    later(() => change({ route: "remove-participant" }, { personId }));
    world.agenda.after(DAY_MS, look);
  },
};

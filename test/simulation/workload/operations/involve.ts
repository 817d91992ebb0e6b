import { UNREACHED } from "../cast.ts";
import type { Operation } from "../operation.ts";

/**
 * An agent adds a colleague of the customer's to the case, or takes them off; agents join the work and leave it, and add
 * somebody without an address.
 */
export const involve: Operation = {
  name: "involve",
  weight: 2,
  run: ({ story, cast, change, chance, later }) => {
    const { accountId, personId } = story.customer;
    const colleagues = cast.customers.filter((one) => one.accountId === accountId && one.personId !== personId);
    if (colleagues.length > 0 && chance.happens(0.7)) {
      const colleague = chance.pick(colleagues);
      const body = {
        personId: colleague.personId,
        part: chance.pick(["copied", "follower", "on-behalf-of"]),
        seesCase: chance.happens(0.5),
      };
      change({ route: "add-participant", body });
      if (chance.happens(0.5)) later(() => change({ route: "remove-participant" }, { personId: colleague.personId }));
    } else {
      const collaborators = cast.agents.filter(() => chance.happens(0.5)).map(({ principalId }) => principalId);
      change({ route: "change-collaborators", body: { collaborators } });
      // What is answered from now on comes to nothing for one of them.
      change({ route: "add-participant", body: { personId: UNREACHED, part: "copied", seesCase: false } });
    }
  },
};

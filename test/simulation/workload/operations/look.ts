import { userClaims } from "../cast.ts";
import type { Operation } from "../operation.ts";

/** The customer looks at their case, and an agent at the list and at how a due came about. */
export const look: Operation = {
  name: "look",
  weight: 2,
  run: ({ story, ask, agent, chance }) => {
    const { number, customer } = story;
    if (number === undefined) return;
    if (customer.subject !== undefined)
      ask({ route: "read-case", claims: userClaims(customer.subject), params: { number } });
    const claims = userClaims(agent.subject);
    ask({ route: "list-cases", claims, query: { team: chance.pick(["main", "au"]), limit: "20" } });
    ask({ route: "explain-clock", claims, params: { number, metric: "first-response" } });
  },
};

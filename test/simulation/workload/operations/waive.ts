import { userClaims } from "../cast.ts";
import type { Operation } from "../operation.ts";

/** A lead excuses a broken promise with a reason; an agent who is none may not. */
export const waive: Operation = {
  name: "waive",
  weight: 2,
  run: ({ story, cast, ask, change, chance, later, violated }) => {
    const { number } = story;
    if (number === undefined) return;
    const metric = chance.pick(["first-response", "next-response", "update", "resolution"]);
    const body = { reason: "A storm took the line down." };
    const [lead, agent] = cast.agents;
    if (lead !== undefined) {
      const asked = { route: "waive-breach", body, claims: userClaims(lead.subject) } as const;
      change(asked, { metric });
      // By then most have been kept waiting.
      later(() => change(asked, { metric: "first-response" }));
    }
    if (agent === undefined) return;
    const headers = { "if-match": '"1"', "idempotency-key": `waive-${story.id}-${metric}` };
    const claims = userClaims(agent.subject);
    ask({ route: "waive-breach", claims, params: { number, metric }, headers, body }, ({ status, text }) => {
      if (![403, 404].includes(status)) violated("authorization", `an agent's waiver was answered ${status}: ${text}`);
    });
  },
};

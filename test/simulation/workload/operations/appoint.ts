import { userClaims } from "../cast.ts";
import type { Operation } from "../operation.ts";

/** The manager appoints an agent and a channel's machine anew, with the same rights; an agent tries the same in vain. */
export const appoint: Operation = {
  name: "appoint",
  weight: 1,
  run: ({ cast, agent, ask, chance, violated }) => {
    const appointed = cast.principals.find(({ principal }) => principal.id === agent.principalId)?.principal;
    if (appointed?.kind !== "agent") return;
    const { id, name, address, role, teams } = appointed;
    const ofAgent = { route: "put-agent", params: { id }, body: { name, address, role, teams } } as const;
    const channel = chance.pick(["phone", "email"]);
    const ofMachine = {
      route: "put-channel",
      params: { id: `prin_m-${channel}` },
      body: { name: channel, channels: [channel] },
    } as const;
    for (const request of [ofAgent, ofMachine]) {
      ask({ ...request, claims: userClaims(cast.manager.subject) }, ({ status, text }) => {
        if (status !== 200) violated("answers", `${request.route} was answered ${status}: ${text}`);
      });
      ask({ ...request, claims: userClaims(agent.subject) }, ({ status }) => {
        if (status !== 404) violated("authorization", `an agent appointed ${request.params.id}: ${status}`);
      });
    }
  },
};

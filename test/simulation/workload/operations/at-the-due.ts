import { userClaims } from "../cast.ts";
import { accountMarker } from "../markers.ts";
import type { Operation } from "../operation.ts";

/** By so much the change comes before the due or after it, in milliseconds: a wake-up takes about as long. */
const BEFORE_MS = 60;
const AFTER_MS = 120;

/** An agent changes the case at the very instant at which a promise breaks, before anybody noticed it or just after. */
export const atTheDue: Operation = {
  name: "at-the-due",
  weight: 4,
  run: ({ story, ask, agent, chance, change, world, once }) => {
    const { number, customer } = story;
    if (number === undefined) return;
    const changes = [
      { route: "change-priority", body: { priority: chance.pick(["critical", "high"]), reason: "They wait." } },
      { route: "change-status", body: { status: "waiting-on-customer" } },
      { route: "change-team", body: { team: chance.pick(["main", "au"]) } },
      { route: "write-reply", body: { text: `${accountMarker(customer.accountId)} ${once} In time?` } },
      { route: "resolve-case", body: {} },
    ] as const;
    ask({ route: "read-case", claims: userClaims(agent.subject), params: { number } }, ({ status, text }) => {
      const dueAt = status === 200 ? Date.parse((JSON.parse(text) as { dueAt?: string }).dueAt ?? "") : Number.NaN;
      if (Number.isNaN(dueAt) || dueAt <= world.agenda.now() + BEFORE_MS) return;
      world.agenda.at(dueAt + chance.between(-BEFORE_MS, AFTER_MS), () => change(chance.pick(changes)));
    });
  },
};

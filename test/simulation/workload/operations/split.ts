import { userClaims } from "../cast.ts";
import type { Operation } from "../operation.ts";

/** An agent finds that a later message of the customer's is another question, and makes it a case of its own. */
export const split: Operation = {
  name: "split",
  weight: 1,
  run: ({ story, ask, agent, chance, change }) => {
    const { number } = story;
    if (number === undefined) return;
    ask({ route: "read-case", claims: userClaims(agent.subject), params: { number } }, ({ status, text }) => {
      const later = status === 200 ? laterMessages(text) : [];
      if (later.length > 0)
        change({ route: "split-case", body: { messageId: chance.pick(later), notify: chance.happens(0.3) } });
    });
  },
};

/** What the customer wrote after the message that opened the case. */
function laterMessages(text: string): string[] {
  const { messages } = JSON.parse(text) as { messages: { id: string; direction: string }[] };
  return messages
    .filter(({ direction }) => direction === "inbound")
    .slice(1)
    .map(({ id }) => id);
}

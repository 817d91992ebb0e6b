import { MINUTE_MS } from "@ithaca/domain";
import { userClaims } from "../cast.ts";
import { accountMarker } from "../markers.ts";
import type { Acting, Operation } from "../operation.ts";

const MERGED_AFTER_MS = MINUTE_MS;
const SPLIT_AFTER_MS = 5 * MINUTE_MS;
const TAKEN_BACK_AFTER_MS = 10 * MINUTE_MS;
/** The customer writes on so often, within so many milliseconds of the merge: about as long as it takes. */
const MESSAGES = 4;
const AROUND_MS = 60;

/**
 * An agent answers a case and merges another into it just while somebody writes on that one. It was a mistake: it is taken
 * back before anybody answers, sometimes after one of the messages that came along was split off, when it is too late.
 */
export const mergeInHaste: Operation = {
  name: "merge-in-haste",
  weight: 2,
  run: (acting) => {
    const { story, chance, others, change, send, world, once } = acting;
    const { customer, channel, number } = story;
    const [other] = others();
    if (number === undefined || other === undefined) return;
    const words = accountMarker(customer.accountId);
    change({ route: "write-reply", body: { text: `${words} ${once} Done, I think.` } });
    world.agenda.after(MERGED_AFTER_MS, () => change({ route: "merge-case", body: {} }, { other }));
    for (let at = 0; at < MESSAGES; at += 1) {
      world.agenda.after(MERGED_AFTER_MS + chance.between(0, AROUND_MS), () =>
        send({ channel, text: `${words} And this, and that.`, caseNumber: other }),
      );
    }
    if (chance.happens(0.5)) world.agenda.after(SPLIT_AFTER_MS, () => splitLastOff(acting, number));
    world.agenda.after(TAKEN_BACK_AFTER_MS, () => change({ route: "unmerge-case" }, { other }));
  },
};

/** What was written last came with the merge, or came just after it. */
function splitLastOff({ ask, agent, change }: Acting, number: string): void {
  ask({ route: "read-case", claims: userClaims(agent.subject), params: { number } }, ({ status, text }) => {
    if (status !== 200) return;
    const { messages } = JSON.parse(text) as { messages: { id: string; direction: string }[] };
    const last = messages.filter(({ direction }) => direction === "inbound").at(-1);
    if (last !== undefined) change({ route: "split-case", body: { messageId: last.id } });
  });
}

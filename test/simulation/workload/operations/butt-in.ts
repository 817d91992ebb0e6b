import { userClaims } from "../cast.ts";
import { accountMarker } from "../markers.ts";
import type { Operation } from "../operation.ts";

/** Somebody of another account writes to the case's number: it becomes a case of their own, and tells them nothing of this one. */
export const buttIn: Operation = {
  name: "butt-in",
  weight: 1,
  run: ({ story, cast, ask, chance, violated }) => {
    const { number, customer, id } = story;
    if (number === undefined) return;
    const stranger = chance.pick(cast.customers.filter(({ accountId }) => accountId !== customer.accountId));
    if (stranger.subject === undefined) return;
    const body = {
      channel: "portal",
      channelMessageId: `butt-in-${id}-${chance.between(0, 1_000_000)}`,
      text: `${accountMarker(stranger.accountId)} Me too.`,
      caseNumber: number,
    };
    ask({ route: "send-message", claims: userClaims(stranger.subject), body }, ({ status, text }) => {
      if (status !== 200 && status !== 201) violated("intake", `a message was answered ${status}: ${text}`);
    });
  },
};

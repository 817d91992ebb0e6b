import { HOUR_MS, MINUTE_MS } from "@ithaca/domain";
import { accountMarker } from "../markers.ts";
import type { Operation } from "../operation.ts";

/** The customer writes on, and often once more; the message joins, reopens, or opens a case that follows. */
export const followUp: Operation = {
  name: "follow-up",
  weight: 5,
  run: ({ story, chance, send, world }) => {
    const { customer, channel, number } = story;
    const subject = chance.happens(0.2) ? "Re: CRITICAL now" : "Re: more";
    send({ channel, subject, text: `${accountMarker(customer.accountId)} More.`, caseNumber: number });
    if (!chance.happens(0.5)) return;
    const text = `${accountMarker(customer.accountId)} And one thing more.`;
    world.agenda.after(chance.between(MINUTE_MS, 2 * HOUR_MS), () => send({ channel, text, caseNumber: number }));
  },
};

import { accountMarker } from "../markers.ts";
import type { Operation } from "../operation.ts";

/** The customer writes on; the message joins, reopens, or opens a case that follows. */
export const followUp: Operation = {
  name: "follow-up",
  weight: 5,
  run: ({ story, chance, send }) => {
    const { customer, channel, number } = story;
    const subject = chance.happens(0.2) ? "Re: CRITICAL now" : "Re: more";
    send({ channel, subject, text: `${accountMarker(customer.accountId)} More.`, caseNumber: number });
  },
};

import { accountMarker } from "../markers.ts";
import type { Operation } from "../operation.ts";

/** A machine answers a mail of the desk's, as out-of-office notices do. Nothing chooses it: mail does. */
export const robot: Operation = {
  name: "robot",
  weight: 0,
  run: ({ story, send }) => {
    const { customer, number } = story;
    const text = `${accountMarker(customer.accountId)} I am away.`;
    send({ channel: "email", subject: "Automatic reply", text, caseNumber: number, automatic: true });
  },
};

import { MINUTE_MS } from "@ithaca/domain";
import { accountMarker } from "../markers.ts";
import type { Operation } from "../operation.ts";

const SUBJECTS = [
  "It does not work",
  "A question",
  "Critical: all is down",
  "Not critical, when you have time",
  "Help",
];

/** A customer gets in touch. Sometimes the channel hears no answer and sends the same again. */
export const openCase: Operation = {
  name: "open-case",
  weight: 0,
  run: ({ story, chance, send, world }) => {
    const { customer, channel, priority } = story;
    const message = {
      channel,
      subject: chance.pick(SUBJECTS),
      text: `${accountMarker(customer.accountId)} Please help.`,
      priority,
      automatic: channel === "email" && chance.happens(0.08),
    };
    const again = send(message);
    if (!chance.happens(0.2)) return;
    // Half of them while the first is still on its way in.
    const restMs = chance.happens(0.5) ? chance.between(0, 20) : chance.between(0, 10 * MINUTE_MS);
    world.agenda.after(restMs, () => send({ ...message, again }));
  },
};

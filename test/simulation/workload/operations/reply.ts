import { accountMarker } from "../markers.ts";
import type { Operation } from "../operation.ts";

/** An agent answers. */
export const reply: Operation = {
  name: "reply",
  weight: 6,
  run: ({ story, change, once }) => {
    change({ route: "write-reply", body: { text: `${accountMarker(story.customer.accountId)} ${once} Try this.` } });
  },
};

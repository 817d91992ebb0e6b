import { accountMarker } from "../markers.ts";
import type { Operation } from "../operation.ts";

/** An agent answers. */
export const reply: Operation = {
  name: "reply",
  weight: 6,
  run: ({ story, change }) => {
    change({ route: "write-reply", body: { text: `${accountMarker(story.customer.accountId)} Try this.` } });
  },
};

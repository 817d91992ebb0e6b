import { accountMarker } from "../markers.ts";
import type { Operation } from "../operation.ts";

/** An agent resolves the case, mostly with words. */
export const resolve: Operation = {
  name: "resolve",
  weight: 2,
  run: ({ change, chance, story, once }) => {
    const words = chance.happens(0.7) ? { text: `${accountMarker(story.customer.accountId)} ${once} Done.` } : {};
    change({ route: "resolve-case", body: words });
  },
};

import { NOTE_MARKER } from "../markers.ts";
import type { Operation } from "../operation.ts";

/** Several agents change the case at the same moment: one is first, and the others see it or are told. */
export const rush: Operation = {
  name: "rush",
  weight: 2,
  run: ({ change, once }) => {
    change({ route: "write-note", body: { text: `${NOTE_MARKER} ${once} Me first.` } });
    change({ route: "take-case", body: { assignee: "me" } });
    change({ route: "change-tags", body: { tags: ["rush"] } });
  },
};

import { NOTE_MARKER } from "../markers.ts";
import type { Operation } from "../operation.ts";

/** An agent leaves a note for other agents. */
export const note: Operation = {
  name: "note",
  weight: 2,
  run: ({ change, once }) => change({ route: "write-note", body: { text: `${NOTE_MARKER} ${once} They are right.` } }),
};

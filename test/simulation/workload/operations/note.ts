import { NOTE_MARKER } from "../markers.ts";
import type { Operation } from "../operation.ts";

/** An agent leaves a note for other agents, sometimes of a call that connected. */
export const note: Operation = {
  name: "note",
  weight: 2,
  run: ({ change, chance, once }) => {
    const text = `${NOTE_MARKER} ${once} They are right.`;
    change({ route: "write-note", body: { text, connectedCall: chance.happens(0.3) } });
  },
};

import { userClaims } from "../cast.ts";
import { NOTE_MARKER } from "../markers.ts";
import type { Operation } from "../operation.ts";

/** An agent changes a case as it was long ago: it is refused, whatever has happened since. */
export const comeLate: Operation = {
  name: "come-late",
  weight: 1,
  run: ({ story, ask, agent, violated }) => {
    const { number } = story;
    if (number === undefined) return;
    const claims = userClaims(agent.subject);
    const params = { number };
    ask({ route: "read-case", claims, params }, (read) => {
      if (read.status !== 200 || read.headers.etag === '"1"') return;
      const headers = { "if-match": '"1"', "idempotency-key": `late-${story.id}` };
      ask({ route: "write-note", claims, params, headers, body: { text: `${NOTE_MARKER} Late.` } }, ({ status }) => {
        if (status !== 412) violated("fence", `a change of version 1 of ${number} was answered ${status}`);
      });
    });
  },
};

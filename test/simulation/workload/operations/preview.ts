import { DAY_MS } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { userClaims } from "../cast.ts";
import type { Operation } from "../operation.ts";

const VERSION = 1_000;

/** The manager asks what another calendar would do to the cases of the last month, and looks at it on the next day. */
export const preview: Operation = {
  name: "preview",
  weight: 0,
  run: ({ cast, story, ask, world, violated }) => {
    const claims = userClaims(cast.manager.subject);
    const [calendar] = shippedRules.calendars;
    const headers = { "idempotency-key": `preview-${story.id}` };
    const body = { calendars: [{ ...calendar, version: VERSION }], days: 30 };
    ask({ route: "start-preview", claims, headers, body }, ({ status, text }) => {
      // Where no case was opened in time there is nothing to show.
      if (status === 422) return;
      if (status !== 202) return violated("answers", `start-preview was answered ${status}: ${text}`);
      const { id } = JSON.parse(text) as { id: string };
      world.agenda.after(DAY_MS, () =>
        ask({ route: "read-preview", claims, params: { id } }, (answer) => {
          if (answer.status !== 200) violated("answers", `read-preview was answered ${answer.status}: ${answer.text}`);
        }),
      );
    });
  },
};

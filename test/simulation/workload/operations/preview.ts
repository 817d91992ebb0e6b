import { DAY_MS, HOUR_MS, type Policy } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { userClaims } from "../cast.ts";
import { livedPolicy } from "../lived-policy.ts";
import type { Acting, Operation } from "../operation.ts";

const VERSION = 1_000;
/** One that stands still goes on when somebody looks: whoever waits for it looks by the hour, and then by the day. */
const LOOKS_BY_THE_HOUR = 24;

/** The manager asks what half as long would do to the cases of the last month, and looks from the next day on. */
export const preview: Operation = {
  name: "preview",
  weight: 0,
  run: (acting) => {
    const { cast, story, ask, world, violated } = acting;
    const claims = userClaims(cast.manager.subject);
    const [calendar] = shippedRules.calendars;
    const headers = { "idempotency-key": `preview-${story.id}` };
    const body = { policy: stricter(livedPolicy()), calendars: [{ ...calendar, version: VERSION }], days: 30 };
    ask({ route: "start-preview", claims, headers, body }, ({ status, text }) => {
      // Where no case was opened in time there is nothing to show.
      if (status === 422) return;
      if (status !== 202) return violated("answers", `start-preview was answered ${status}: ${text}`);
      const { id } = JSON.parse(text) as { id: string };
      world.agenda.after(DAY_MS, () => lookAt(acting, id));
    });
  },
};

function lookAt(acting: Acting, id: string, looks = 1): void {
  const { cast, ask, world, violated } = acting;
  const request = { route: "read-preview", claims: userClaims(cast.manager.subject), params: { id } } as const;
  ask(request, ({ status, text }) => {
    if (status !== 200) return violated("answers", `read-preview was answered ${status}: ${text}`);
    const { state } = JSON.parse(text) as { state: string };
    const restMs = looks < LOOKS_BY_THE_HOUR ? HOUR_MS : DAY_MS;
    if (state !== "done") world.agenda.after(restMs, () => lookAt(acting, id, looks + 1));
  });
}

function stricter(policy: Policy): Policy {
  const targets = policy.targets.map(({ length, ...rule }) => ({
    ...rule,
    length: { minutes: "minutes" in length ? Math.ceil(length.minutes / 2) : 4 * 60 },
  }));
  return { ...policy, version: VERSION, targets };
}

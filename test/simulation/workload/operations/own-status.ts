import { DAY_MS, HOUR_MS } from "@ithaca/domain";
import { OWN_STATUSES } from "../lived-policy.ts";
import { accountMarker, OWN_STATUS_MARKER } from "../markers.ts";
import type { Acting, Operation } from "../operation.ts";

/** One that there is not, and one that nobody gives but by resolving the case. */
const NOT_GIVEN = ["nothing", "no-fault-found"].map((name) => `${OWN_STATUS_MARKER}${name}`);

/** An agent gives the case a status of the desk's own, mostly another one later, and now and then one that cannot be given. */
export const ownStatus: Operation = {
  name: "own-status",
  weight: 0,
  beside: { share: 0.3 },
  run: (acting) => {
    const { change, chance, later } = acting;
    give(acting);
    if (chance.happens(0.6)) later(() => give(acting));
    if (chance.happens(0.15)) change({ route: "change-status", body: { status: chance.pick(NOT_GIVEN) } });
  },
};

function give({ change, chance, story, world }: Acting): void {
  const { code: status, like } = chance.pick(OWN_STATUSES);
  if (like === "resolved") {
    const text = `${accountMarker(story.customer.accountId)} We found nothing.`;
    change({ route: "resolve-case", body: { status, ...(chance.happens(0.5) && { text }) } });
    return;
  }
  const until = new Date(world.agenda.now() + chance.between(HOUR_MS, 3 * DAY_MS)).toISOString();
  change({ route: "change-status", body: { status, ...(like === "waiting-until" && { until }) } });
}

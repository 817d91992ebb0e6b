import { HOUR_MS, type Policy } from "@ithaca/domain";
import type { Chance } from "../../world/chance.ts";
import { userClaims } from "../cast.ts";
import { editedPolicy } from "../edited-policy.ts";
import { OWN_STATUSES } from "../lived-policy.ts";
import type { Acting, Operation } from "../operation.ts";

/** What an agent finds of the versions of the policy. */
interface Versions {
  readonly versions: readonly { readonly version: number; readonly inForce: boolean; readonly inForceFrom?: string }[];
  readonly soonest: string;
}

/** Whoever finds that somebody else was faster reads again and makes their edit anew, so many times. */
const TRIES = 5;
const REFUSED = ["rules-outdated", "rules-changed", "too-soon"];

/** The manager makes a new version of the policy from the one that is in force then; an agent tries the same in vain. */
export const changeRules: Operation = {
  name: "change-rules",
  weight: 0,
  beside: { share: 0.015, withinMs: 24 * HOUR_MS },
  run: (acting) => edit(acting, 1),
};

function edit(acting: Acting, tries: number): void {
  const { ask, cast, chance, violated, world } = acting;
  const claims = userClaims(cast.manager.subject);
  const inForceFrom = chance.happens(0.5) ? undefined : world.agenda.now() + chance.between(1, 6) * HOUR_MS;
  ask({ route: "list-policy-versions", claims }, (listed) => {
    if (listed.status !== 200) return violated("answers", `list-policy-versions was answered ${listed.status}`);
    const params = { version: String(versionAt(JSON.parse(listed.text) as Versions, inForceFrom)) };
    ask({ route: "read-policy-version", claims, params }, (read) => {
      if (read.status !== 200) return violated("answers", `policy ${params.version} was listed, and is ${read.status}`);
      const { policy } = JSON.parse(read.text) as { policy: Policy };
      apply(acting, policy, inForceFrom, tries);
    });
  });
}

/** The version that will be in force at an instant, as far as the list tells; at the soonest when none is asked for. */
function versionAt({ versions, soonest }: Versions, at: number = Date.parse(soonest)): number {
  const fromOf = (inForceFrom = "1970-01-01T00:00:00Z") => Date.parse(inForceFrom);
  const begun = versions.filter(({ inForceFrom }) => fromOf(inForceFrom) <= at);
  const [last] = begun.toSorted((a, b) => fromOf(b.inForceFrom) - fromOf(a.inForceFrom) || b.version - a.version);
  return last?.version ?? 1;
}

/** Now and then the desk does without one of its statuses, also while cases are in it. */
function someStatuses(chance: Chance): Policy["statuses"] {
  const without = chance.happens(0.4) ? chance.pick(OWN_STATUSES) : undefined;
  return OWN_STATUSES.filter((one) => one !== without);
}

function apply(acting: Acting, before: Policy, inForceFrom: number | undefined, tries: number): void {
  const { ask, cast, chance, story, agent, once, violated } = acting;
  const body = {
    policy: { ...editedPolicy(before, chance), statuses: someStatuses(chance) },
    basedOn: before.version,
    ...(inForceFrom !== undefined && { inForceFrom: new Date(inForceFrom).toISOString() }),
    movesUnfinished: chance.happens(0.5),
    reason: `${once} Try ${tries}.`,
  };
  const request = { route: "apply-policy", body } as const;
  const keyed = (who: string) => ({ headers: { "idempotency-key": `rules-${story.id}-${tries}-${who}` } });
  ask({ ...request, ...keyed("agent"), claims: userClaims(agent.subject) }, ({ status }) => {
    if (![403, 404].includes(status)) violated("authorization", `an agent changed the rules: ${status}`);
  });
  ask({ ...request, ...keyed("manager"), claims: userClaims(cast.manager.subject) }, ({ status, text }) => {
    if (status === 201) return;
    if (!REFUSED.some((problem) => text.includes(`urn:ithaca:problem:${problem}`)))
      return violated("answers", `apply-policy was answered ${status}: ${text}`);
    if (tries < TRIES) edit(acting, tries + 1);
  });
}

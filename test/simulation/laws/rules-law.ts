import type { Policy } from "@ithaca/domain";
import type { Store } from "@ithaca/store";
import type { Cast } from "../workload/cast.ts";
import type { ApiAnswer, ApiRequest } from "../world/world.ts";
import { same } from "./same.ts";

interface RulesWorld {
  readonly cast: Cast;
  readonly violated: (law: string, what: string) => void;
}

/** What a request asked for, and which version it was told that it made. */
interface Made {
  readonly version: number;
  readonly inForceFrom: number;
  readonly policy: Policy;
  readonly reason: string;
}

/** Who changes the rules on the store, by hand. */
const BY_HAND = "prin_ops";

/** What was put in force by the API is there once, as it was sent and told, and made by somebody who may. */
export function openRulesLaw({ cast, violated }: RulesWorld) {
  const made: Made[] = [];

  async function madeAsTold(
    { version, inForceFrom, policy, reason }: Made,
    history: Awaited<ReturnType<Store["rules"]["history"]>>,
    rules: Store["rules"],
  ): Promise<void> {
    const changes = history.filter((change) => change.reason === reason);
    const [change] = changes;
    if (changes.length !== 1 || change?.inForceFrom !== inForceFrom)
      violated("rules", `version ${version} was made ${changes.length} times, or from another instant on than told`);
    if (!same(await rules.policy(version), { ...policy, version }))
      violated("rules", `version ${version} is not what was sent`);
  }

  return {
    onAnswer({ route, body }: ApiRequest, { status, text }: ApiAnswer): void {
      if (route !== "apply-policy" || status !== 201) return;
      const { policy, reason, ...asked } = body as Pick<Made, "policy" | "reason"> & { inForceFrom?: string };
      const { version, inForceFrom } = JSON.parse(text) as { version: number; inForceFrom: string };
      if (Date.parse(asked.inForceFrom ?? inForceFrom) !== Date.parse(inForceFrom))
        violated("rules", `version ${version} is in force from ${inForceFrom}, and not from ${asked.inForceFrom}`);
      made.push({ version, inForceFrom: Date.parse(inForceFrom), policy, reason });
    },
    async atEnd({ rules }: Store): Promise<void> {
      const history = (await rules.history()).filter(({ by }) => by !== BY_HAND);
      for (const { by } of history) {
        if (by !== cast.manager.principalId) violated("authorization", `${by} changed the rules`);
      }
      for (const one of made) await madeAsTold(one, history, rules);
      if (history.length !== made.length)
        violated("rules", `${history.length} versions were made by the API, and ${made.length} were told`);
    },
  };
}

import { type Instant, isTooSoon, plus, rulesLeadMs, SECOND_MS, toIso } from "@ithaca/domain";
import type { RuleChange, Rules } from "../ports/rules.ts";

/** A version would be in force before every function can know it. Nothing was written. */
export class TooSoon extends Error {
  override readonly name = "TooSoon";
  /** The earliest instant that would do. */
  readonly soonest: Instant;

  constructor({ at, inForceFrom }: Pick<RuleChange, "at" | "inForceFrom">, refreshMs: number) {
    const leadMs = rulesLeadMs(refreshMs);
    const soonest = plus(at, leadMs);
    const what = inForceFrom < at ? "past" : "too soon";
    super(
      `${toIso(inForceFrom)} is ${what}: a version is in force from an instant at least ${leadMs / SECOND_MS} seconds ahead, when every function knows it; the earliest now is ${toIso(soonest)}.`,
    );
    this.soonest = soonest;
  }
}

/** Rules of which no version is in force before whoever asks for them once in `refreshMs` knows it. They throw TooSoon. */
export function knownInTime(rules: Rules, refreshMs: number): Rules {
  const requireKnown = (change: RuleChange) => {
    if (isTooSoon(change, refreshMs)) throw new TooSoon(change, refreshMs);
  };
  return {
    ...rules,
    soonest: (at) => plus(at, rulesLeadMs(refreshMs)),
    put: async (versions, change, ifRevision) => {
      requireKnown(change);
      return rules.put(versions, change, ifRevision);
    },
    putPolicy: async (policy, change, ifRevision) => {
      requireKnown(change);
      return rules.putPolicy(policy, change, ifRevision);
    },
    putCalendar: async (calendar, change, ifRevision) => {
      requireKnown(change);
      return rules.putCalendar(calendar, change, ifRevision);
    },
  };
}

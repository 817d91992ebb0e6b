import type { DetailOf, EscalationOwed } from "@ithaca/contracts";
import { type Case, escalate, isOwed, type Refusal, system } from "@ithaca/domain";
import type { Changed, Ending } from "@ithaca/store";
import { connect } from "../runtime/connect.ts";
import { onMessage } from "../runtime/on-message.ts";
import type { Ports } from "../runtime/ports.ts";
import { toTable } from "../runtime/to-table.ts";
import { manifest } from "./escalate-case.manifest.ts";

const BY = system(manifest.name);

/** What the policy says, and no change of the case meanwhile. */
const BY_THE_RULES: ReadonlySet<Refusal> = new Set(["top-tier", "not-escalated"]);

type EscalateCasePorts = Pick<Ports, "cases" | "effects" | "clock">;

/** A missed target takes the case up, as the policy says. Delivered twice, the second finds that the case has left the tier. */
export async function escalateCase(
  { caseId, effectId }: Pick<DetailOf<typeof EscalationOwed>, "caseId" | "effectId">,
  { cases, effects, clock }: EscalateCasePorts,
): Promise<void> {
  const effect = await effects.read(caseId, effectId);
  if (effect === undefined || !isOwed(effect)) return;
  if (effect.owed.kind !== "escalation") throw new Error(`${effectId} is no escalation`);

  const missed = effect.owed;
  const changed = await cases.change(caseId, (current, { policy }, now) => escalate(current, missed, policy, now, BY));
  await effects.end(caseId, effectId, endingOf(changed, missed.fromTier), clock());
}

function endingOf(changed: Changed, fromTier: number): Ending {
  switch (changed.outcome) {
    case "changed":
      return done(changed.case);
    case "refused":
      // It went up and the record of that was lost, or another clock of the case took it up.
      if (changed.case.tier > fromTier) return done(changed.case);
      return { status: "abandoned", reason: BY_THE_RULES.has(changed.refusal) ? "refused" : "superseded" };
    default:
      throw new Error(`an escalation was answered ${changed.outcome}`);
  }
}

function done({ tier }: Case): Ending {
  return { status: "done", outcome: `tier ${tier}` };
}

export const handler = onMessage(manifest, escalateCase, connect(toTable));

import type { DetailOf, TriageOwed } from "@ithaca/contracts";
import { isOwed, system, triage, waitingSince } from "@ithaca/domain";
import { connect } from "../runtime/connect.ts";
import { onMessage } from "../runtime/on-message.ts";
import type { Ports } from "../runtime/ports.ts";
import { toTable } from "../runtime/to-table.ts";
import { manifest } from "./triage-case.manifest.ts";

const BY = system(manifest.name);

/** More than happens to a case before its triage. */
const CHANGES_LOOKED_AT = 500;

type TriageCasePorts = Pick<Ports, "cases" | "effects" | "messages" | "clock">;

/**
 * Triage of a case that was opened without it: its clock starts when its message was received, however late this is. As
 * long as no policy decides it, it fails and is tried again. Delivered twice, the second finds it triaged.
 */
export async function triageCase(
  { caseId, effectId }: Pick<DetailOf<typeof TriageOwed>, "caseId" | "effectId">,
  ports: TriageCasePorts,
): Promise<void> {
  const { cases, effects, messages, clock } = ports;
  const effect = await effects.read(caseId, effectId);
  if (effect === undefined || !isOwed(effect)) return;
  const untriaged = await cases.read(caseId);
  if (untriaged === undefined) throw new Error(`${caseId} is not there`);

  // A message may be erased before its case is triaged; the case itself is not.
  const [message] = await messages.read([untriaged.openingMessageId]);
  const opening = {
    subject: message?.subject,
    receivedAt: message?.receivedAt ?? untriaged.openedAt,
    waitingSince: waitingSince((await cases.facts(caseId, 0, CHANGES_LOOKED_AT)).flatMap(({ facts }) => facts)),
  };
  const changed = await cases.change(caseId, (current, rulebook, now) => triage(current, opening, rulebook, now, BY), {
    ifVersion: untriaged.version,
  });
  const isTriaged = changed.outcome === "stale" && !changed.case.triageOwed;
  if (changed.outcome !== "changed" && changed.outcome !== "refused" && !isTriaged) {
    throw new Error(`triage was answered ${changed.outcome}`);
  }
  // The one refusal there is says that it has been triaged: this effect's doing, whose record was lost.
  await effects.end(caseId, effectId, { status: "done" }, clock());
}

export const handler = onMessage(manifest, triageCase, connect(toTable));

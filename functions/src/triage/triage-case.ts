import type { DetailOf, TriageOwed } from "@ithaca/contracts";
import { type Case, type Fact, isOwed, system, triage, type UnjudgedSender, waitingSince } from "@ithaca/domain";
import { connect } from "../runtime/connect.ts";
import { onMessage } from "../runtime/on-message.ts";
import type { Ports } from "../runtime/ports.ts";
import { toTable } from "../runtime/to-table.ts";
import { manifest } from "./triage-case.manifest.ts";

const BY = system(manifest.name);

/** More than happens to a case before its triage. */
const CHANGES_LOOKED_AT = 500;

type TriageCasePorts = Pick<Ports, "cases" | "effects" | "messages" | "directory" | "clock">;

/**
 * Triage of a case that was opened without it: its clock starts when its message was received, however late this is. As
 * long as no policy decides it, it fails and is tried again. Delivered twice, the second finds it triaged.
 */
export async function triageCase(
  { caseId, effectId }: Pick<DetailOf<typeof TriageOwed>, "caseId" | "effectId">,
  ports: TriageCasePorts,
): Promise<void> {
  const { cases, effects, messages, directory, clock } = ports;
  const effect = await effects.read(caseId, effectId);
  if (effect === undefined || !isOwed(effect)) return;
  const untriaged = await cases.read(caseId);
  if (untriaged === undefined) throw new Error(`${caseId} is not there`);

  // A message may be erased before its case is triaged; the case itself is not.
  const [message] = await messages.read([untriaged.openingMessageId]);
  const facts = (await cases.facts(caseId, 0, CHANGES_LOOKED_AT)).flatMap((recorded) => recorded.facts);
  const unjudged = await unjudgedSender(untriaged, facts, ports);
  const opening = {
    subject: message?.subject,
    receivedAt: message?.receivedAt ?? untriaged.openedAt,
    waitingSince: waitingSince(facts),
    unjudged,
  };
  const changed = await cases.change(caseId, (current, rulebook, now) => triage(current, opening, rulebook, now, BY), {
    ifVersion: untriaged.version,
  });
  if (!("case" in changed) || (changed.outcome === "stale" && changed.case.triageOwed)) {
    throw new Error(`triage was answered ${changed.outcome}`);
  }
  // As intake would have put them into the directory, had it had a policy.
  const vouched = unjudged?.account?.id;
  if (vouched !== undefined && changed.case.accountId === vouched) {
    await directory.joinAccount(untriaged.requesterId, vouched);
  }
  // The one refusal there is says that it has been triaged: this effect's doing, whose record was lost.
  await effects.end(caseId, effectId, { status: "done" }, clock());
}

/** What a channel said of its sender while no policy could be read, with what the directory knows of them. */
async function unjudgedSender(
  { requesterId }: Case,
  facts: readonly Fact[],
  { directory }: TriageCasePorts,
): Promise<UnjudgedSender | undefined> {
  const deferred = facts.find((fact) => fact.type === "TriageDeferred");
  if (deferred?.cause !== "no-policy" || deferred.by.kind !== "channel") return undefined;
  const { claimedAccountId } = deferred;
  const [person, account] = await Promise.all([
    directory.person(requesterId),
    claimedAccountId === undefined ? undefined : directory.account(claimedAccountId),
  ]);
  return { known: person?.known === true, account };
}

export const handler = onMessage(manifest, triageCase, connect(toTable));

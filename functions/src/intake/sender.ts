import type { BodyOf } from "@ithaca/contracts";
import { type Channel, mayPage, type Person, type Principal } from "@ithaca/domain";

export type SentMessage = BodyOf<"send-message">;

/** Who a message says it is from, before anybody is looked up: by a sign-in or by an address. */
export type ClaimedSender =
  | { readonly personId: string; readonly accountId?: string | undefined }
  | { readonly address: string; readonly name?: string | undefined; readonly accountId?: string | undefined };

/** A customer is who signed in; a channel and an agent say who they write for. Undefined when that is the wrong way round. */
export function claimedSender(principal: Principal, { from }: SentMessage): ClaimedSender | undefined {
  if (principal.kind !== "customer") return from;
  return from === undefined ? { personId: principal.personId, accountId: principal.accountId } : undefined;
}

/** The person behind a message, and how far they are who they say. */
export interface Sender {
  readonly personId: string;
  readonly accountId?: string | undefined;
  /** They who write are they who are named: signed in, vouched for by their channel, or by their mail's DMARC verdict. */
  readonly authenticated: boolean;
  /** Authenticated, and known to the directory: what paging and acknowledging go by (support-policy.md). */
  readonly verified: boolean;
  /** Whether an urgent case of theirs wakes on-call before anybody has looked at it. */
  readonly mayPage: boolean;
  /** Somebody who writes for the first time. */
  readonly newPerson?: Person;
}

/** A sender of whom an account is said that the desk does not have: a person who is made of it is of none. */
export function withoutAccount(sender: Sender): Sender {
  if (sender.newPerson === undefined) return sender;
  const { accountId: _, ...newPerson } = sender.newPerson;
  return { ...sender, newPerson };
}

/** Who a claimed sender is. An account that nothing vouches for is not believed: the directory's counts. */
export function identify(
  claimed: ClaimedSender,
  by: { principal: Principal; channel: Channel | undefined; message: SentMessage },
  found: Person | undefined,
  newId: (prefix: string) => string,
): Sender {
  const { principal, channel, message } = by;
  const vouchedFor = principal.kind !== "channel" || channel?.vouchesForSender === true;
  const authenticated = vouchedFor || message.evidence?.authentication?.dmarc === "pass";
  const accountId = (vouchedFor ? claimed.accountId : undefined) ?? found?.accountId;
  const verified = "personId" in claimed || principal.kind !== "channel" || (authenticated && found?.known === true);
  const sender = {
    accountId,
    authenticated,
    verified,
    mayPage: mayPage(channel, { verified, vouchedFor, hasAccount: accountId !== undefined }),
  };

  if ("personId" in claimed) return { ...sender, personId: claimed.personId };
  if (found !== undefined) return { ...sender, personId: found.id };

  const newPerson: Person = {
    id: newId("person"),
    addresses: [claimed.address],
    known: false,
    ...(claimed.name !== undefined && { name: claimed.name }),
    ...(accountId !== undefined && { accountId }),
    ...(message.language !== undefined && { language: message.language }),
  };
  return { ...sender, personId: newPerson.id, newPerson };
}

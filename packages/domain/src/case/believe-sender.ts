import type { Account } from "../account/account.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { mayPage } from "../priority/may-page.ts";
import type { Case } from "./case.ts";
import type { FactOf } from "./facts.ts";

/** The word of a channel for its sender that nobody could judge when the case opened: no policy could be read. */
export interface UnjudgedSender {
  /** Whether the directory vouches for the requester. */
  readonly known: boolean;
  /** The account that the channel named. */
  readonly account?: Account | undefined;
}

/** What is believed of a sender after all, as triage records it; absent fields stay as they are. */
type Believed = Pick<FactOf<"PriorityClassified">, "vouched" | "mayPage">;

/**
 * A channel's word for its sender, by the policy of now: as intake would have decided it (support-policy.md, Cases). Nothing
 * when the channel does not vouch for its senders.
 */
export function believeSender(current: Case, word: UnjudgedSender, { policy }: Rulebook): Believed {
  const channel = policy.channels.find(({ code }) => code === current.channel);
  if (channel?.vouchesForSender !== true) return {};
  const { account } = word;
  const verified = current.senderVerified || word.known;
  const hasAccount = account !== undefined || current.accountId !== undefined;
  return {
    vouched: {
      verified,
      ...(account !== undefined && { accountId: account.id, accountTeam: account.team, package: account.package }),
    },
    ...(mayPage(channel, { verified, vouchedFor: true, hasAccount }) && { mayPage: true }),
  };
}

import type { Channel } from "../policy/policy.ts";

/**
 * Whether an urgent case of a sender wakes on-call before anybody has looked at it: on a channel that pages for anybody
 * always; else if they are who they say and known, and the channel vouches for them or they have an account (support-policy.md, The word
 * in the subject).
 */
export function mayPage(
  channel: Channel | undefined,
  sender: { readonly verified: boolean; readonly vouchedFor: boolean; readonly hasAccount: boolean },
): boolean {
  return channel?.pagesForAnybody === true || (sender.verified && (sender.vouchedFor || sender.hasAccount));
}

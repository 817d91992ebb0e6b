import { CaseNumber, numberOf } from "@ithaca/domain";
import * as z from "zod/mini";
import { onceIn } from "../workload/markers.ts";
import type { SentMessage } from "../workload/operation.ts";
import type { AppendSeen, Histories } from "./history.ts";

interface IntakeWorld {
  /** Persons whom the directory vouches for; nobody else is who they say. */
  readonly known: ReadonlySet<string>;
  readonly epoch: () => number;
  readonly violated: (law: string, what: string) => void;
}

/** Seven random digits and the check digit. */
const NUMBER_DIGITS = 8;

/** Laws 1 and 2: a message that was taken in is on one case, for ever; a number is one case's, of its epoch. */
export function openIntakeLaw({ known, epoch, violated }: IntakeWorld) {
  /** Which message of ours each channel message became. */
  const arrived = new Map<string, string>();
  const once = new Set<string>();

  function numbered(caseId: string): void {
    const number = numberOf(caseId);
    if (!z.safeParse(CaseNumber, number).success) violated("numbers", `${caseId} has no number that can be said`);
    const itsEpoch = Number(number.slice(0, -NUMBER_DIGITS));
    // A restore between reading and writing leaves the epoch before.
    if (itsEpoch !== epoch() && itsEpoch !== epoch() - 1) {
      violated("numbers", `${caseId} is of epoch ${itsEpoch}, not ${epoch()}`);
    }
  }

  function vouchedFor({ caseId, state }: AppendSeen["history"], opened: AppendSeen["facts"][number] | undefined): void {
    if (opened?.by.kind !== "channel" || !state.senderVerified || known.has(state.requesterId)) return;
    violated("strangers", `${caseId} is from ${state.requesterId}, for whom nobody vouches, as if somebody did`);
  }

  function taken({ id, channel, channelMessageId }: AppendSeen["messages"][number]): void {
    if (channelMessageId === undefined) return;
    const name = `${channel} ${channelMessageId}`;
    const known = arrived.get(name);
    if (known !== undefined) violated("intake", `${name} was taken in twice, as ${known} and ${id}`);
    arrived.set(name, id);
  }

  /** Law 5: what an agent wrote once is there once, however often it was asked for. */
  function written({ text }: AppendSeen["messages"][number]): void {
    const words = onceIn(text);
    if (words === undefined) return;
    if (once.has(words)) violated("repeats", `${words} was written twice`);
    once.add(words);
  }

  function isKept({ channel, channelMessageId, receipt }: SentMessage, { holders, splits, cases }: Histories): void {
    if (receipt === undefined) {
      violated("intake", `${channelMessageId} was sent for two days, and the desk never said that it has it`);
      return;
    }
    const { messageId, caseId } = receipt;
    const id = arrived.get(`${channel} ${channelMessageId}`);
    if (id !== messageId) violated("intake", `${channelMessageId} was said to be ${messageId}, and is ${id}`);
    const on = holders.get(messageId) ?? [];
    const keeper = splits.get(messageId) ?? caseId;
    if (on.length !== 1 || on[0] !== keeper) {
      violated("intake", `${messageId} was said to be on ${keeper}, and is on ${on.join(", ") || "none"}`);
    }
    if (!cases.has(caseId)) violated("intake", `${caseId} was promised and is not there`);
  }

  /** Whatever was merged, split and taken back: each message is on one case that goes on by itself. */
  function shownOnce({ cases, shown, holders }: Histories): void {
    const places = new Map<string, string[]>();
    const onOne = ({ caseId }: { caseId: string }) => {
      for (const id of shown.get(caseId) ?? []) places.set(id, [...(places.get(id) ?? []), caseId]);
    };
    for (const history of cases.values()) if (history.state.mergedInto === undefined) onOne(history);
    for (const id of holders.keys()) {
      const on = places.get(id) ?? [];
      if (on.length !== 1) violated("intake", `${id} is shown on ${on.join(", ") || "no case"}`);
    }
  }

  return {
    onAppend({ before, history, facts, messages }: AppendSeen): void {
      if (before === undefined) {
        numbered(history.caseId);
        vouchedFor(history, facts[0]);
      }
      for (const message of messages) {
        taken(message);
        written(message);
      }
    },
    atEnd(messages: readonly SentMessage[], histories: Histories): void {
      for (const message of messages) isKept(message, histories);
      shownOnce(histories);
    },
  };
}

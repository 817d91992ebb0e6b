import { DAY_MS, type Effect, type Policy, type Recipient } from "@ithaca/domain";
import { type Cast, MAIL_FROM } from "../workload/cast.ts";
import { accountsIn, NOTE_MARKER, OWN_STATUS_MARKER } from "../workload/markers.ts";
import type { SentMail } from "../world/mail.ts";
import type { CaseHistory } from "./history.ts";

interface MailWorld {
  readonly cast: Cast;
  readonly policy: () => Policy;
  readonly effectOf: (id: string) => Effect | undefined;
  readonly caseOf: (caseId: string) => CaseHistory | undefined;
  readonly addressOfPerson: (personId: string) => string | undefined;
  readonly isHeld: () => boolean;
  readonly violated: (law: string, what: string) => void;
}

/** Twice the most that two clocks differ: so near to midnight nobody can say which day it is. */
const MIDNIGHT_MS = 70_000;

/** Laws 4, 6 and 7: one mail for each intent, to nobody else, with nobody else's words, and never machine to machine. */
export function openMailLaw(world: MailWorld) {
  const { violated, effectOf, caseOf } = world;
  const sent = new Map<string, SentMail[]>();
  const budget = new Map<string, string>();

  function onSent(mail: SentMail): void {
    const { effectId, to } = mail;
    const effect = effectOf(effectId);
    if (effect === undefined || effect.owed.kind !== "mail") {
      violated("mail", `a mail to ${to} carries out nothing: ${effectId}`);
      return;
    }
    const { owed, caseId, status } = effect;
    if (status !== "claimed") violated("mail", `${effectId} was sent when it was ${status}`);
    if (!wasBegun(effect)) violated("mail", `${effectId} was sent, and nobody had said that it would be`);
    if (world.isHeld()) violated("mail", `${effectId} was sent while the desk is held`);
    addressed(mail, owed.to);
    if (mail.automatic === (owed.template === "reply")) {
      violated("loops", `${effectId} (${owed.template}) does not say who speaks`);
    }
    if (owed.to.kind === "person") toCustomer(mail, effect);
    if (owed.template === "acknowledgement") acknowledged(mail, caseId);
    sentAgain(mail);
  }

  function addressed({ effectId, to }: SentMail, recipient: Recipient): void {
    const expected = addressOf(recipient);
    if (to !== expected) violated("mail", `${effectId} went to ${to}, not to ${expected}`);
    if (MAIL_FROM.includes(`<${to}>`)) violated("loops", `${effectId} went to the desk itself`);
  }

  /** Once more for whoever was not heard of after sending, and never a third time. */
  function sentAgain(mail: SentMail): void {
    const { effectId } = mail;
    const before = sent.get(effectId) ?? [];
    sent.set(effectId, [...before, mail]);
    // Whoever is at it still was not heard of yet, unless it is they who send again.
    const wasHeard = ({ by }: SentMail) => by?.over === true || by === mail.by;
    const blameless = before.filter((one) => one.by?.faults.length === 0 && wasHeard(one));
    if (blameless.length > 0) violated("mail", `${effectId} was sent again, and nothing had gone wrong`);
    if (before.length > 1) violated("mail", `${effectId} was sent ${before.length + 1} times`);
  }

  function toCustomer({ raw, effectId }: SentMail, { caseId }: Effect) {
    if (raw.includes(NOTE_MARKER)) violated("privacy", `${effectId} tells a customer what agents say among themselves`);
    if (raw.includes(OWN_STATUS_MARKER)) violated("privacy", `${effectId} tells a customer a status of the desk's own`);
    const account = caseOf(caseId)?.state.accountId;
    const foreign = accountsIn(raw).filter((one) => one !== account);
    if (foreign.length > 0) violated("privacy", `${effectId} holds words of ${foreign.join(", ")}`);
  }

  function acknowledged({ to, at, effectId }: SentMail, caseId: string) {
    const history = caseOf(caseId);
    if (history?.state.senderVerified !== false) return;
    const intoDay = at % DAY_MS;
    if (intoDay < MIDNIGHT_MS || intoDay > DAY_MS - MIDNIGHT_MS) return;
    const day = `${to} ${Math.floor(at / DAY_MS)}`;
    const before = budget.get(day);
    if (before !== undefined && before !== effectId)
      violated("budget", `${to} was acknowledged ${before} and ${effectId} on one day`);
    budget.set(day, effectId);
  }

  function addressOf(to: Recipient): string | undefined {
    switch (to.kind) {
      case "person":
        return world.addressOfPerson(to.personId);
      case "agent":
        return world.cast.agents.find(({ principalId }) => principalId === to.principalId)?.address;
      default: {
        const team = world.policy().teams.find(({ code }) => code === to.team);
        return to.kind === "on-call" ? team?.onCallAddress : team?.leadAddress;
      }
    }
  }

  return { onSent, sent };
}

/** Whether somebody said that they would send it now: whoever has it, or one whose claim has run out meanwhile. */
function wasBegun({ begun, lapses = 0 }: Effect): boolean {
  return begun === true || lapses > 0;
}

import type { DetailOf, MailOwed } from "@ithaca/contracts";
import {
  ATTEMPTS_MAX,
  backoffMs,
  type Case,
  type Effect,
  type Message,
  MINUTE_MS,
  plus,
  type Rulebook,
  toIso,
} from "@ithaca/domain";
import type { Ending } from "@ithaca/store";
import { connect } from "../runtime/connect.ts";
import { NoAnswer } from "../runtime/no-answer.ts";
import { onMessage } from "../runtime/on-message.ts";
import type { Ports } from "../runtime/ports.ts";
import { toMail } from "../runtime/to-mail.ts";
import { toTable } from "../runtime/to-table.ts";
import { bareAddress, composeMail, type Voice } from "./compose-mail.ts";
import { type Addressee, findAddressee } from "./find-addressee.ts";
import { isSuperseded } from "./is-superseded.ts";
import { type MailIntent, mailIntent } from "./mail-intent.ts";
import { manifest } from "./send-mail.manifest.ts";
import { writeMail } from "./write-mail.ts";

/** How long a mail is in the hands of whoever claimed it: three times what sending may take. */
export const LEASE_MS = MINUTE_MS;

/** A mail that may have gone out is sent once more, and then no more (design.md, What is owed). */
const LAPSES_MAX = 1;

/** A page that is late by more changes of its case than this goes out whatever they were. */
const CHANGES_LOOKED_AT = 100;

/** What sending takes, besides the two settings of who mail is from and where links lead. */
export type SendMailPorts = Pick<
  Ports,
  "cases" | "effects" | "messages" | "directory" | "rulebooks" | "desk" | "mail" | "clock" | "count"
> & {
  readonly settings: { readonly MAIL_FROM: string; readonly DESK_URL: string };
};

/**
 * Sends a mail that is owed: claims it, says that it sends, sends, records. Delivered twice, the second finds it claimed or
 * done. A crash before it said so costs one of its tries; one between sending and recording sends it once more, when the
 * lease has run out, and that is counted. While the desk is held nothing is touched, and the reconciler sends it after
 * go-live.
 */
export async function sendMail(
  { caseId, effectId }: Pick<DetailOf<typeof MailOwed>, "caseId" | "effectId">,
  ports: SendMailPorts,
): Promise<void> {
  const { effects, desk, clock, count } = ports;
  const [before, { outbound }] = await Promise.all([effects.read(caseId, effectId), desk.read()]);
  if (outbound === "held") return;
  const claimed = await effects.claim(caseId, effectId, clock(), LEASE_MS);
  if (claimed === undefined) return;
  if ((claimed.lapses ?? 0) > (before?.lapses ?? 0)) count("mail-after-crash");

  const ending = await attempt(claimed, ports);
  if (ending === undefined) return;
  await effects.end(caseId, effectId, ending, clock());
  count(ending.status === "done" ? "mail-sent" : `mail-${ending.reason}`);
}

/**
 * A failure gives the mail back and is thrown, so that its queue tries again; the last one gives it up. Undefined: somebody
 * else has it by now.
 */
async function attempt(effect: Effect, ports: SendMailPorts): Promise<Ending | undefined> {
  if (effect.attempts > ATTEMPTS_MAX || (effect.lapses ?? 0) > LAPSES_MAX) return abandoned("attempts-exhausted");
  try {
    return await deliver(effect, ports);
  } catch (error) {
    // It may have gone out: as after a crash, it is sent once more when the claim has run out.
    if (error instanceof NoAnswer) throw error;
    if (effect.attempts >= ATTEMPTS_MAX) return abandoned("attempts-exhausted");
    await ports.effects.release(effect.caseId, effect.id, plus(ports.clock(), backoffMs(effect.attempts)));
    throw error;
  }
}

async function deliver(effect: Effect, ports: SendMailPorts): Promise<Ending | undefined> {
  const { cases, directory, rulebooks, clock, settings } = ports;
  const intent = effect.owed.kind === "mail" ? mailIntent(effect.owed) : undefined;
  if (intent === undefined) return abandoned("refused");
  if (settings.MAIL_FROM === "") return abandoned("mail-off");

  const current = await cases.read(effect.caseId);
  if (current === undefined) throw new Error(`${effect.caseId} is not there`);
  const rulebook = await rulebooks.inForce(clock(), [current]);
  if (isSuperseded(intent, current, await factsSince(intent, effect, ports))) return abandoned("superseded");

  const addressee =
    (await findAddressee(intent.to, rulebook, directory)) ?? (await standIn(intent, current, effect, rulebook, ports));
  if (addressee === undefined) return abandoned("no-address");
  // A mail to ourselves would be answered by ourselves.
  if (addressee.address === bareAddress(settings.MAIL_FROM)) return abandoned("automatic-mail");

  const { opening, answer } = await wordsFor(intent, current.openingMessageId, ports);
  if (intent.template === "reply" && answer === undefined) return abandoned("superseded");
  if (!current.senderVerified && !(await mayAcknowledge(intent, addressee, effect, ports))) {
    return abandoned("budget-spent");
  }

  const written = writeMail(intent, {
    current,
    rulebook,
    now: clock(),
    zone: addressee.zone,
    deskUrl: settings.DESK_URL,
    opening,
    answer,
  });
  // A stranger's Message-ID is a stranger's text: only an answer by a person carries it back.
  const threads = current.senderVerified || intent.template === "reply";
  const inReplyTo = threads ? opening?.evidence?.messageId : undefined;
  return await send(effect, { ...written, voice: voiceOf(intent), inReplyTo }, addressee, ports);
}

/** Who is told of a promise when its assignee is there no more: somebody must be, and once. */
async function standIn(
  { template, to }: MailIntent,
  current: Case,
  effect: Effect,
  rulebook: Rulebook,
  { cases, directory }: SendMailPorts,
): Promise<Addressee | undefined> {
  const isOfPromise = template === "warning" || template === "breach" || template === "escalation";
  if (!isOfPromise || to.kind !== "agent" || current.team === undefined) return undefined;
  if (template === "escalation" && (await tellsLead(effect, cases))) return undefined;
  return await findAddressee({ kind: "team-lead", team: current.team }, rulebook, directory);
}

/** Whether the lead is told of the same escalation anyway, as without a rule that says whom it tells. */
async function tellsLead({ caseId, version }: Effect, cases: SendMailPorts["cases"]): Promise<boolean> {
  const [recorded] = await cases.facts(caseId, version - 1, 1);
  return (
    recorded?.facts.every(
      (fact) => fact.type !== "CaseEscalated" || (fact.tells ?? ["team-lead"]).includes("team-lead"),
    ) ?? true
  );
}

/** What happened on the case since a page was owed; no other mail asks. */
async function factsSince(intent: MailIntent, { caseId, version }: Effect, { cases }: SendMailPorts) {
  if (intent.template !== "on-call-page") return [];
  const recorded = await cases.facts(caseId, version, CHANGES_LOOKED_AT);
  return recorded.flatMap(({ facts }) => facts.map(({ type }) => type));
}

async function send(
  effect: Effect,
  mail: { subject: string; text: string; voice: Voice; inReplyTo: string | undefined },
  { address }: Addressee,
  { mail: ses, effects, settings, clock }: SendMailPorts,
): Promise<Ending | undefined> {
  const from = settings.MAIL_FROM;
  const raw = await composeMail({ ...mail, from, to: address, effectId: effect.id, at: clock() });
  if (!(await effects.begin(effect))) return undefined;
  return { status: "done", outcome: await ses.send({ from: bareAddress(from), to: address, raw }) };
}

/** What the customer wrote first, for the thread, and what the agent answered. Redacted words are not sent. */
async function wordsFor(
  intent: MailIntent,
  openingId: string,
  { messages }: SendMailPorts,
): Promise<{ opening?: Message | undefined; answer?: Message | undefined }> {
  if (intent.to.kind !== "person") return {};
  if (intent.template !== "reply") return { opening: (await messages.read([openingId]))[0] };
  const found = await messages.read([openingId, intent.messageId]);
  return {
    opening: found.find(({ id }) => id === openingId),
    answer: found.find(({ id }) => id === intent.messageId),
  };
}

/** Those whom nobody vouches for get one acknowledgement per address and day (support-policy.md, Cases). */
async function mayAcknowledge(
  intent: MailIntent,
  { address }: Addressee,
  effect: Effect,
  { effects, clock }: SendMailPorts,
): Promise<boolean> {
  if (intent.template !== "acknowledgement") return true;
  return await effects.spendMailBudget(address, toIso(clock()).slice(0, "2026-01-31".length), effect.id);
}

function voiceOf({ template }: MailIntent): Voice {
  if (template === "reply") return "person";
  return template === "acknowledgement" ? "auto-replied" : "auto-generated";
}

function abandoned(reason: Extract<Ending, { status: "abandoned" }>["reason"]): Ending {
  return { status: "abandoned", reason };
}

export const handler = onMessage(manifest, sendMail, connect(toTable, toMail));

import {
  type Case,
  dueOf,
  type Instant,
  isOpen,
  isRunning,
  type Message,
  nextOpening,
  numberOf,
  priorityOf,
  type Rulebook,
  teamCalendar,
  teamOf,
} from "@ithaca/domain";
import { describeHours } from "./describe-hours.ts";
import type { MailIntent } from "./mail-intent.ts";
import type { MailText } from "./mail-text.ts";
import { type AcknowledgementView, acknowledgement, type TeamView } from "./templates/acknowledgement.ts";
import { breach } from "./templates/breach.ts";
import type { NoticeView } from "./templates/case-lines.ts";
import { escalation } from "./templates/escalation.ts";
import { merged } from "./templates/merged.ts";
import { onCallPage } from "./templates/on-call-page.ts";
import { reply } from "./templates/reply.ts";
import { split } from "./templates/split.ts";
import { warning } from "./templates/warning.ts";

/** What a mail is written from: the case as it is now, the rules in force, and for a reply the agent's words. */
export interface Writing {
  readonly current: Case;
  readonly rulebook: Rulebook;
  readonly now: Instant;
  /** The zone of the reader, where it is known. */
  readonly zone?: string | undefined;
  /** Where links lead; empty: nowhere. */
  readonly deskUrl: string;
  readonly opening?: Message | undefined;
  readonly answer?: Message | undefined;
}

/** Writes a mail. Throws when it is a reply and its words are not there: nobody is sent words that nobody wrote. */
export function writeMail(intent: MailIntent, writing: Writing): MailText {
  switch (intent.template) {
    case "acknowledgement":
      return acknowledgement(acknowledgementView(writing));
    case "reply": {
      const { current, opening, answer } = writing;
      if (answer === undefined) throw new Error(`${intent.messageId} is not there`);
      if (answer.textMissing) throw new Error(`the text of ${intent.messageId} is not there`);
      return reply({ number: current.number, subject: opening?.subject, text: answer.text });
    }
    case "merged":
      return merged({ number: writing.current.number, survivor: numberOf(intent.otherCaseId) });
    case "split":
      return split({ ...acknowledgementView(writing), from: numberOf(intent.otherCaseId) });
    case "warning":
      return warning({ ...noticeView(writing), ...intent });
    case "breach":
      return breach({ ...noticeView(writing), ...intent });
    case "escalation":
      return escalation(noticeView(writing));
    case "on-call-page":
      return onCallPage({ ...noticeView(writing), dueAt: promise(writing)?.dueAt });
  }
}

function acknowledgementView(writing: Writing): AcknowledgementView {
  const { current, rulebook } = writing;
  const promised = promise(writing);
  const requested = current.flag === "may-be-critical" ? current.requestedPriority : undefined;
  return {
    number: current.number,
    zone: writing.zone ?? teamZone(writing),
    priority: priorityName(rulebook, current.priority),
    requested: priorityName(rulebook, requested),
    team: teamView(writing),
    promisedBy: promised?.dueAt,
    roundTheClock: promised !== undefined && promised.governing.calendar === undefined,
  };
}

function noticeView(writing: Writing): NoticeView {
  const { current, rulebook, deskUrl } = writing;
  return {
    number: current.number,
    priority: priorityName(rulebook, current.priority),
    team: team(writing)?.name,
    assigned: current.assigneeId !== undefined,
    tier: current.tier,
    zone: writing.zone ?? teamZone(writing),
    ...(deskUrl !== "" && { link: `${deskUrl.replace(/\/+$/, "")}/cases/${current.number}` }),
  };
}

/** The due of the first response while it is still awaited. */
function promise({ current, rulebook }: Writing) {
  const cycle = current.clocks.find((clock) => clock.metric === "first-response" && isRunning(clock));
  return cycle === undefined ? undefined : dueOf(rulebook, current, cycle);
}

function teamView(writing: Writing): TeamView | undefined {
  const { rulebook, now } = writing;
  const owning = team(writing);
  if (owning === undefined) return undefined;
  const { calendar, hours } = teamCalendar(rulebook, owning.code);
  return {
    name: owning.name,
    hours: describeHours(calendar),
    ...(!isOpen(hours, now) && { opensAt: nextOpening(hours, now) }),
  };
}

function team({ current, rulebook }: Writing) {
  return current.team === undefined ? undefined : teamOf(rulebook.policy, current.team);
}

/** The zone of the owning team: an unknown sender is taken to be in it too (support-policy.md, Cases). */
function teamZone(writing: Writing): string {
  return team(writing)?.zone ?? "UTC";
}

/** By the policy's own name only: what somebody sent as a priority is never repeated. */
function priorityName({ policy }: Rulebook, code: string | undefined): string | undefined {
  return code === undefined ? undefined : priorityOf(policy, code)?.name;
}

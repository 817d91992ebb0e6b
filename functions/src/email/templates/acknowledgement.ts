import { type CaseNumber, type Instant, spokenNumber } from "@ithaca/domain";
import { caseTag } from "../case-tag.ts";
import type { MailText } from "../mail-text.ts";
import { zonedTime } from "../zoned-time.ts";

/** What an acknowledgement may say: the desk's own words alone. Nothing that the sender wrote is in it (threats.md, 11). */
export interface AcknowledgementView {
  readonly number: CaseNumber;
  /** The zone of whoever reads it. */
  readonly zone: string;
  /** Names of the policy's; absent while the case waits for its triage. */
  readonly priority?: string | undefined;
  /** What the customer asked for, where a person is to look at it. */
  readonly requested?: string | undefined;
  readonly team?: TeamView | undefined;
  readonly promisedBy?: Instant | undefined;
  /** The promise runs day and night, whatever the team's hours. */
  readonly roundTheClock: boolean;
}

/** The owning team, as a customer sees it. */
export interface TeamView {
  readonly name: string;
  /** Its week in words. */
  readonly hours: string;
  /** Absent while it is open. */
  readonly opensAt?: Instant | undefined;
}

/** Tells a customer that their message is a case, and what they may expect (support-policy.md, Cases). */
export function acknowledgement(view: AcknowledgementView): MailText {
  const { number } = view;
  return {
    subject: `${caseTag(number)} We have your message`,
    text: [
      "Hello,",
      "",
      `we have your message. It is case ${spokenNumber(number)}: please give this number when you write or call about it.`,
      "",
      ...promiseLines(view),
    ].join("\n"),
  };
}

/** What the customer may expect of the case, and that a machine says so: the end of the mail. */
export function promiseLines(view: AcknowledgementView): string[] {
  const { team, zone, promisedBy } = view;
  const facts = [
    priorityLine(view),
    team === undefined ? undefined : `Team: ${team.name}, ${team.hours}. ${openingLine(team, zone)}`,
    promisedBy === undefined ? undefined : `You can expect a first answer by: ${zonedTime(promisedBy, zone)}`,
    promisedBy !== undefined && view.roundTheClock ? "That time runs day and night, outside our hours too." : undefined,
  ].filter((line) => line !== undefined);
  return [
    ...(facts.length === 0 ? ["A person will look at it and decide how urgent it is."] : facts),
    "",
    "This mail was written by a machine. An answer from a person follows.",
    "",
  ];
}

function priorityLine({ priority, requested }: AcknowledgementView): string | undefined {
  if (priority === undefined) return undefined;
  if (requested === undefined) return `Priority: ${priority}`;
  return `Priority: ${priority} (you asked for ${requested}; a person will look at that)`;
}

function openingLine({ opensAt }: TeamView, zone: string): string {
  return opensAt === undefined ? "It is open now." : `It is closed now and opens on ${zonedTime(opensAt, zone)}.`;
}

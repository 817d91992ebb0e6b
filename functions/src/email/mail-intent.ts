import type { CaseId, Instant, MessageId, Metric, OwedOf, Recipient } from "@ithaca/domain";

/** Whom mail to a customer goes to, and whom a notice goes to. No notice can be addressed to a customer. */
type CustomerRecipient = Extract<Recipient, { kind: "person" }>;
type StaffRecipient = Exclude<Recipient, { kind: "person" }>;

interface Acknowledgement {
  readonly template: "acknowledgement";
  readonly to: CustomerRecipient;
}
interface Reply {
  readonly template: "reply";
  readonly to: CustomerRecipient;
  readonly messageId: MessageId;
}
/** Where a case goes on that was merged. */
export interface MergedNotice {
  readonly template: "merged";
  readonly to: CustomerRecipient;
  readonly otherCaseId: CaseId;
}
/** That a message became a case of its own. */
export interface SplitNotice {
  readonly template: "split";
  readonly to: CustomerRecipient;
  readonly otherCaseId: CaseId;
}
/** A promise nears its due: the percentage of its time that is gone. */
export interface WarningNotice {
  readonly template: "warning";
  readonly to: StaffRecipient;
  readonly metric: Metric;
  readonly cycle?: number | undefined;
  readonly percent: number;
  readonly dueAt: Instant;
}
interface BreachNotice {
  readonly template: "breach";
  readonly to: StaffRecipient;
  readonly metric: Metric;
  readonly cycle?: number | undefined;
  readonly dueAt: Instant;
}
interface EscalationNotice {
  readonly template: "escalation";
  readonly to: StaffRecipient;
}
interface OnCallPage {
  readonly template: "on-call-page";
  readonly to: StaffRecipient;
}

/** A mail that is owed, with all that its template needs: what is missing or misaddressed never gets this far. */
export type MailIntent =
  | Acknowledgement
  | Reply
  | MergedNotice
  | SplitNotice
  | WarningNotice
  | BreachNotice
  | EscalationNotice
  | OnCallPage;

/** Undefined for a notice that would go to a customer, customers' mail that would go to staff, and what is incomplete. */
export function mailIntent(owed: OwedOf<"mail">): MailIntent | undefined {
  const { to } = owed;
  return to.kind === "person" ? toCustomer(owed, to) : toStaff(owed, to);
}

function toCustomer(
  { template, messageId, otherCaseId }: OwedOf<"mail">,
  to: CustomerRecipient,
): MailIntent | undefined {
  switch (template) {
    case "acknowledgement":
      return { template, to };
    case "reply":
      return messageId === undefined ? undefined : { template, to, messageId };
    case "merged":
    case "split":
      return otherCaseId === undefined ? undefined : { template, to, otherCaseId };
    default:
      return undefined;
  }
}

function toStaff(
  { template, metric, cycle, percent, dueAt }: OwedOf<"mail">,
  to: StaffRecipient,
): MailIntent | undefined {
  switch (template) {
    case "warning":
      if (metric === undefined || percent === undefined || dueAt === undefined) return undefined;
      return { template, to, metric, cycle, percent, dueAt };
    case "breach":
      return metric === undefined || dueAt === undefined ? undefined : { template, to, metric, cycle, dueAt };
    case "escalation":
    case "on-call-page":
      return { template, to };
    default:
      return undefined;
  }
}

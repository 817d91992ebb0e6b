import type { Instant, MessageId, Metric, OwedOf, Recipient } from "@ithaca/domain";

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
/** A promise nears its due: the percentage of its time that is gone. */
export interface WarningNotice {
  readonly template: "warning";
  readonly to: StaffRecipient;
  readonly metric: Metric;
  readonly percent: number;
  readonly dueAt: Instant;
}
interface BreachNotice {
  readonly template: "breach";
  readonly to: StaffRecipient;
  readonly metric: Metric;
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
export type MailIntent = Acknowledgement | Reply | WarningNotice | BreachNotice | EscalationNotice | OnCallPage;

/** Undefined for a notice that would go to a customer, customers' mail that would go to staff, and what is incomplete. */
export function mailIntent({
  template,
  to,
  messageId,
  metric,
  percent,
  dueAt,
}: OwedOf<"mail">): MailIntent | undefined {
  if (to.kind === "person") {
    if (template === "acknowledgement") return { template, to };
    return template === "reply" && messageId !== undefined ? { template, to, messageId } : undefined;
  }

  switch (template) {
    case "warning":
      if (metric === undefined || percent === undefined || dueAt === undefined) return undefined;
      return { template, to, metric, percent, dueAt };
    case "breach":
      return metric === undefined || dueAt === undefined ? undefined : { template, to, metric, dueAt };
    case "escalation":
    case "on-call-page":
      return { template, to };
    default:
      return undefined;
  }
}

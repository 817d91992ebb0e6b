import { instantOf, type OwedOf } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { type MailIntent, mailIntent, type WarningNotice } from "./mail-intent.ts";

const toCustomer = { kind: "person", personId: "person_1" } as const;
const toLead = { kind: "team-lead", team: "main" } as const;
const dueAt = instantOf("2026-06-10T14:00:00Z");
const whole = {
  kind: "mail",
  messageId: "msg_1",
  otherCaseId: "case_1",
  metric: "first-response",
  percent: 75,
  dueAt,
} as const;

describe("a mail that is owed", () => {
  test.each(["warning", "breach", "escalation", "on-call-page"] as const)(
    "is refused when it is the notice %s and would go to a customer",
    (template) => {
      expect(mailIntent({ ...whole, template, to: toCustomer })).toBeUndefined();
    },
  );

  test.each(["acknowledgement", "reply", "merged", "split"] as const)(
    "is refused when it is %s and would go to staff",
    (template) => {
      expect(mailIntent({ ...whole, template, to: toLead })).toBeUndefined();
    },
  );

  test.each<[string, OwedOf<"mail">]>([
    ["a reply without words", { kind: "mail", template: "reply", to: toCustomer }],
    ["a notice of a merge without the other case", { kind: "mail", template: "merged", to: toCustomer }],
    ["a warning without a due", { kind: "mail", template: "warning", to: toLead, metric: "update", percent: 50 }],
    ["a breach without a metric", { kind: "mail", template: "breach", to: toLead, dueAt }],
  ])("is refused when it is %s", (_situation, owed) => {
    expect(mailIntent(owed)).toBeUndefined();
  });

  test("is taken with what its template needs and nothing else", () => {
    expect(mailIntent({ ...whole, template: "breach", to: toLead })).toEqual({
      template: "breach",
      to: toLead,
      metric: "first-response",
      dueAt,
    });
  });

  test("does not compile as a notice to a customer", () => {
    const notice: WarningNotice = { template: "warning", to: toLead, metric: "update", percent: 50, dueAt };
    // @ts-expect-error A notice has no customer to go to.
    const misaddressed: MailIntent = { ...notice, to: toCustomer };
    expect(misaddressed.to).not.toEqual(notice.to);
  });
});

import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { applyRules } from "./apply-rules.ts";
import { ANA, CLEO, createCallers } from "./callers.ts";
import { REACTION_SECONDS } from "./eventually.ts";
import { createInbox, isTo } from "./inbox.ts";
import { signedInCommand } from "./ithaca.ts";
import { message } from "./messages.ts";
import { PROMISED_SECONDS, WARNED_PERCENT } from "./test-rules.ts";
import { caseWith, factsOf, latenessMs, settledCase } from "./timeline.ts";

const desk = inject("desk");
const inbox = createInbox(desk.inboxUrl);
const callers = createCallers(desk);
const customer = callers.user(CLEO);
const agent = callers.user(ANA);
const LEAD = "main-lead@desk.example";

/** How late a breach may be noticed on a machine that does everything else at the same time. */
const LATENESS_MAX_MS = 5_000;

beforeAll(() => applyRules(desk, { main: "open", au: "open" }));

describe.concurrent("when a customer writes", () => {
  test("the answer has number, priority, team and due, and the acknowledgement is in the inbox", async () => {
    const receipt = await customer.sendMessage(
      message({ subject: "How do I export a report?", requestedPriority: "medium" }),
    );
    expect(receipt).toMatchObject({ joined: false, priority: "medium", team: "main" });
    expect(receipt.number).toMatch(/^[1-9]\d{8}$/);
    expect(Date.parse(receipt.dueAt ?? "")).toBeGreaterThan(Date.parse(receipt.receivedAt));

    const mail = await inbox.mail(receipt.number, { to: CLEO, subject: /We have your message/ });
    expect(mail.headers).toMatchObject({ "auto-submitted": "auto-replied" });
    expect(mail.text).toContain("You can expect a first answer by:");
    expect(mail.text).toContain("America/Chicago");
    // An acknowledgement repeats nothing that somebody wrote.
    expect(mail.text).not.toContain("export a report");

    const seen = await settledCase(agent, receipt.number);
    expect(seen.effects).toContainEqual(
      expect.objectContaining({ owed: expect.objectContaining({ kind: "timer" }), status: "done" }),
    );
    expect((await inbox.about(receipt.number)).filter((one) => isTo(one, CLEO))).toHaveLength(1);
  });
});

describe.concurrent("when an agent answers in time", () => {
  test("the customer has the words, and nobody is ever warned or told of a breach", async () => {
    const { number, dueAt } = await customer.sendMessage(message({ requestedPriority: "low" }));
    const { version } = await agent.cases.read(number);
    const answered = await agent.cases.reply(number, { text: "Press Export." }, { ifVersion: version });
    expect(answered.case.number).toBe(number);

    const mail = await inbox.mail(number, { to: CLEO, subject: /^\[#[\d ]+\] Re: / });
    expect(mail.text).toContain("Press Export.");

    await sleep(Math.max(0, Date.parse(dueAt ?? "") - Date.now()) + 2_000);
    const seen = await settledCase(agent, number);
    expect(factsOf(seen, "ClockStopped")).toMatchObject([{ metric: "first-response", outcome: "met" }]);
    expect([...factsOf(seen, "ClockWarned"), ...factsOf(seen, "ClockBreached")]).toEqual([]);
    expect((await inbox.about(number)).every((one) => isTo(one, CLEO))).toBe(true);
  });
});

describe.concurrent("when nobody answers", () => {
  test("there is one warning, one breach at the due instant, one escalation, and the lead is told of each", async () => {
    const { number, dueAt = "" } = await customer.sendMessage(message({ requestedPriority: "high" }));
    const warned = await caseWith(agent, number, "ClockWarned");
    expect(factsOf(warned, "ClockWarned")).toMatchObject([{ percent: WARNED_PERCENT, dueAt }]);
    expect(factsOf(warned, "ClockBreached")).toEqual([]);

    await caseWith(agent, number, "CaseEscalated", PROMISED_SECONDS.high + REACTION_SECONDS);
    const seen = await settledCase(agent, number);
    const breaches = factsOf(seen, "ClockBreached");
    expect(breaches).toMatchObject([{ metric: "first-response", cycle: 1, dueAt, team: "main", tier: 1 }]);
    expect(factsOf(seen, "CaseEscalated")).toMatchObject([{ fromTier: 1, toTier: 2 }]);
    expect(seen.tier).toBe(2);

    const [breach] = breaches;
    const lateMs = breach === undefined ? Number.NaN : latenessMs(breach);
    console.log(`case ${number} was due at ${dueAt} and breached ${lateMs} ms later`);
    expect(lateMs).toBeGreaterThan(0);
    expect(lateMs).toBeLessThan(LATENESS_MAX_MS);

    await inbox.mail(number, { to: LEAD, subject: /50 % of the time/ });
    await inbox.mail(number, { to: LEAD, subject: /is overdue/ });
    await inbox.mail(number, { to: LEAD, subject: /Escalated to tier 2/ });
    expect((await inbox.about(number)).filter((one) => isTo(one, LEAD))).toHaveLength(3);
  });

  test("the agent who took the case is told in the lead's place, and the lead of the escalation too", async () => {
    const { number } = await customer.sendMessage(message({ requestedPriority: "high" }));
    await agent.cases.take(number, { ifVersion: (await agent.cases.read(number)).version });

    await inbox.mail(number, { to: ANA, subject: /is overdue/ }, PROMISED_SECONDS.high + REACTION_SECONDS);
    await inbox.mail(number, { to: ANA, subject: /Escalated to tier 2/ });
    await inbox.mail(number, { to: LEAD, subject: /Escalated to tier 2/ });
    const toLead = (await inbox.about(number)).filter((one) => isTo(one, LEAD));
    expect(toLead.map(({ subject }) => subject)).toEqual([expect.stringContaining("Escalated")]);
  });
});

describe.concurrent("when an agent works by the ithaca command", () => {
  test("a case is listed, shown, explained, taken, noted, raised, answered and resolved", async () => {
    const ithaca = await signedInCommand(desk, ANA);
    const { number } = await customer.sendMessage(
      message({ subject: "Where is the audit log?", requestedPriority: "medium" }),
    );

    expect(await ithaca.run("whoami")).toContain("Ana Ruiz");
    expect(await ithaca.run("case", "list", "--team", "main", "--all")).toContain(number);
    expect(await ithaca.run("case", "view", number)).toContain("Where is the audit log?");
    const { spans, openMs } = await agent.cases.explain(number, "first-response");
    const counted = spans.filter(({ kind }) => kind === "counted");
    expect(counted.reduce((sum, { lengthMs }) => sum + lengthMs, 0)).toBe(openMs);
    expect(await ithaca.run("case", "explain", number)).toContain(`\t${openMs}\topen`);

    await ithaca.run("case", "take", number);
    await ithaca.run("case", "note", number, "-m", "She has the standard package.");
    await ithaca.run("case", "priority", number, "low", "--reason", "She is in no hurry.");
    await ithaca.run("case", "reply", number, "-m", "Under Settings.");
    await ithaca.run("case", "resolve", number);

    const seen = await settledCase(agent, number);
    expect(seen).toMatchObject({
      status: "resolved",
      priority: "low",
      requestedPriority: "medium",
      assigneeId: "prin_ana",
    });
    expect(factsOf(seen, "PriorityChanged")).toMatchObject([
      { from: "medium", to: "low", reason: "She is in no hurry." },
    ]);

    const shown = await customer.cases.read(number);
    expect(shown.messages.map(({ text }) => text)).not.toContain("She has the standard package.");
    expect(shown.facts ?? []).toEqual([]);
    await inbox.mail(number, { to: CLEO, subject: /Where is the audit log/ });
  });
});

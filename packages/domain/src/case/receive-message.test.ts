import { describe, expect, test } from "vitest";
import { BY, openedCase, stateAfter, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { exampleRulebook } from "../fixtures/example-rulebook.ts";
import { DAY_MS, type Instant, plus } from "../time/instant.ts";
import { resolve } from "./answer.ts";
import { type Joining, receiveMessage, takesMessages } from "./receive-message.ts";

const rulebook = exampleRulebook();
const { case: opened } = openedCase();
const LATER = plus(WEDNESDAY_10_NY, 60_000);
const resolved = stateAfter(opened, resolve(opened, { messageId: "msg_2" }, rulebook, LATER, BY));

function receive(current: typeof opened, change: Partial<Joining> = {}, now: Instant = LATER) {
  const joining = { messageId: "msg_3", channel: "email", personId: "person_jo", receivedAt: now, automatic: false };
  return receiveMessage(current, { ...joining, ...change }, rulebook, now, BY);
}

describe("when a customer writes again", () => {
  test("the message joins the case, whose clock runs on", () => {
    const facts = receive(opened);
    expect(facts.map((fact) => fact.type)).toEqual(["MessageReceived"]);
    expect(stateAfter(opened, facts)).toMatchObject({ messageCount: 2, lastMessageId: "msg_3", clocks: opened.clocks });
  });

  test("with Critical in the subject of a mail, the case is raised", () => {
    const raised = stateAfter(opened, receive(opened, { subject: "Re: Critical now" }));
    expect(raised.priority).toBe("critical");
    expect(raised.clocks[0]?.dueAt).toBe(plus(LATER, 2 * 60 * 60_000));
  });

  test.each([
    ["in the portal", { channel: "portal", subject: "Critical" }],
    ["in an automatic mail", { subject: "Critical", automatic: true }],
    ["as not critical", { subject: "Not critical" }],
  ])("the word %s raises nothing", (_where, change) => {
    expect(receive(opened, change).map((fact) => fact.type)).toEqual(["MessageReceived"]);
  });
});

describe("when the case is resolved", () => {
  test("an answer within fourteen days reopens it; an automatic one does not", () => {
    expect(stateAfter(resolved, receive(resolved))).toMatchObject({ status: "open" });
    expect(stateAfter(resolved, receive(resolved, { automatic: true }))).toMatchObject({ status: "resolved" });
  });

  test.each([
    ["on the last instant of the fourteenth day", 14 * DAY_MS, true],
    ["a millisecond later", 14 * DAY_MS + 1, false],
  ])("%s it takes messages: %s", (_when, ms, takes) => {
    expect(takesMessages(resolved, rulebook, plus(LATER, ms))).toBe(takes);
  });

  test("a closed case takes none", () => {
    expect(takesMessages({ ...resolved, status: "closed" }, rulebook, LATER)).toBe(false);
  });
});

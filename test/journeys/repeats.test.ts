import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { applyRules } from "./apply-rules.ts";
import { ANA, CLEO, createCallers } from "./callers.ts";
import { openCloud } from "./cloud.ts";
import { REACTION_SECONDS } from "./eventually.ts";
import { createInbox } from "./inbox.ts";
import { message } from "./messages.ts";
import { streamRecordsOf } from "./stream-records.ts";
import { PROMISED_SECONDS } from "./test-rules.ts";
import { type CaseSeen, caseWith, settledCase } from "./timeline.ts";

const desk = inject("desk");
const inbox = createInbox(desk.inboxUrl);
const callers = createCallers(desk);
const customer = callers.user(CLEO);
const agent = callers.user(ANA);
const cloud = openCloud(desk);

/** How long whatever a repeat might wrongly set off would take to show. */
const LONG_ENOUGH_MS = 4_000;

beforeAll(() => applyRules(desk, { main: "open", au: "open" }));

describe.concurrent("when a message is sent twice", () => {
  test("the same key is answered as before and says that it is", async () => {
    const asked = { body: message(), idempotencyKey: randomUUID() };
    const first = await customer.call("send-message", asked);
    const second = await customer.call("send-message", asked);
    expect(first).toMatchObject({ status: 201, replayed: false });
    expect(second).toMatchObject({ status: 201, replayed: true, body: first.body });
  });

  test("the same key with other words is refused", async () => {
    const idempotencyKey = randomUUID();
    await customer.sendMessage(message(), { idempotencyKey });
    await expect(customer.sendMessage(message(), { idempotencyKey })).rejects.toMatchObject({
      code: "key-reused",
      problem: { status: 422 },
    });
  });

  test("the same message under a new key is answered with its case", async () => {
    const body = message();
    const first = await customer.call("send-message", { body });
    const second = await customer.call("send-message", { body });
    expect(second).toMatchObject({ status: 200, replayed: false, body: first.body });
  });

  test("eight at the same time are one case", async () => {
    const body = message();
    const receipts = await Promise.all(Array.from({ length: 8 }, () => customer.sendMessage(body)));
    expect(new Set(receipts.map(({ number }) => number)).size).toBe(1);
  });

  test("a change of a case under one key is done once", async () => {
    const { number } = await customer.sendMessage(message());
    const asked = {
      params: { number },
      body: { text: "Like this." },
      ifVersion: (await agent.cases.read(number)).version,
      idempotencyKey: randomUUID(),
    };
    const first = await agent.call("write-reply", asked);
    const second = await agent.call("write-reply", asked);
    expect(second).toMatchObject({ replayed: true, body: { messageId: first.body.messageId } });
    expect((await agent.cases.read(number)).messages.filter(({ direction }) => direction === "outbound")).toHaveLength(
      1,
    );
  });
});

describe.concurrent("when the cloud delivers twice", () => {
  /** A case that was breached, with everything that followed from it done: mail, timer and escalation. */
  async function breachedCase(): Promise<CaseSeen> {
    const { number } = await customer.sendMessage(message({ requestedPriority: "high" }));
    await caseWith(agent, number, "CaseEscalated", PROMISED_SECONDS.high + REACTION_SECONDS);
    return await settledCase(agent, number);
  }

  async function expectUnchanged(before: CaseSeen): Promise<void> {
    const mails = await inbox.about(before.number);
    await sleep(LONG_ENOUGH_MS);
    expect(await agent.cases.read(before.number)).toEqual({ ...before, clocks: expect.anything() });
    expect(await inbox.about(before.number)).toHaveLength(mails.length);
  }

  test("stream records that are published again change nothing", async () => {
    const before = await breachedCase();
    const records = await streamRecordsOf(cloud, desk.stack.tableName, before.number);
    expect(records.length).toBeGreaterThan(before.version);

    const { FunctionError: fault } = await cloud.functions.send(
      new InvokeCommand({ FunctionName: "Ithaca-publish-facts", Payload: JSON.stringify({ Records: records }) }),
    );
    expect(fault).toBeUndefined();
    await expectUnchanged(before);
  });

  test("events that are put on the bus again change nothing", async () => {
    const before = await breachedCase();
    const owed = (before.effects ?? []).map((effect) => eventOf(before.id, effect));
    expect(new Set(owed.map(({ DetailType }) => DetailType))).toEqual(
      new Set(["MailOwed", "TimerOwed", "EscalationOwed"]),
    );
    const { FailedEntryCount: failed } = await cloud.bus.send(
      new PutEventsCommand({ Entries: [...owed, ...owed].slice(0, 10) }),
    );
    expect(failed ?? 0).toBe(0);
    await expectUnchanged(before);
  });

  /** What announced an effect, written out by hand as another system would. */
  function eventOf(caseId: string, { id: effectId, version, index, owedAt: at, owed }: Effect) {
    const { kind, ...rest } = owed;
    const recipientKind = "to" in owed ? { recipientKind: owed.to.kind } : {};
    return {
      EventBusName: desk.outputs.BusName,
      Source: "ithaca",
      DetailType: `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Owed`,
      Detail: JSON.stringify({ ...rest, ...recipientKind, caseId, effectId, version, index, at }),
    };
  }
});

type Effect = NonNullable<CaseSeen["effects"]>[number];

import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { MessageRejected, SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { TriageOwed } from "@ithaca/contracts";
import { instantOf } from "@ithaca/domain";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, test } from "vitest";
import { connect } from "./connect.ts";
import { NoAnswer } from "./no-answer.ts";
import { toBus } from "./to-bus.ts";
import { toMail } from "./to-mail.ts";
import { toReactions } from "./to-reactions.ts";
import { toTimers } from "./to-timers.ts";
import { toWakeUps } from "./to-wake-ups.ts";

const wakeAt = instantOf("2026-11-18T15:00:00Z");
const entry = TriageOwed.entry({ caseId: "case_100000008", effectId: "e", version: 1, index: 0, at: wakeAt });

describe("when a timer is started", () => {
  const stepFunctions = mockClient(SFNClient);
  const { timers } = toTimers({ TIMER_ARN: "arn:timer" });
  const timer = { name: "1-100000008-1-1", caseId: "case_100000008", wakeAt, epoch: 1 };

  test("its execution is told what to wake and when", async () => {
    stepFunctions.on(StartExecutionCommand).resolves({});
    expect(await timers.start(timer)).toBe("started");
    const [call] = stepFunctions.commandCalls(StartExecutionCommand);
    expect(call?.args[0].input).toEqual({
      stateMachineArn: "arn:timer",
      name: timer.name,
      input: '{"caseId":"case_100000008","wakeAt":"2026-11-18T15:00:00.000Z","epoch":1}',
    });
  });

  test("one of the same name is set already", async () => {
    stepFunctions.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists({ message: "there", $metadata: {} }));
    expect(await timers.start(timer)).toBe("set-already");
  });

  test("any other failure is thrown", async () => {
    stepFunctions.on(StartExecutionCommand).rejects(new Error("away"));
    await expect(timers.start(timer)).rejects.toThrow("away");
  });
});

describe("when something is put on a queue", () => {
  const sqs = mockClient(SQSClient).on(SendMessageCommand).resolves({});

  test("a wake-up goes with its delay", async () => {
    sqs.resetHistory();
    const { wakeUps } = toWakeUps({ WAKE_QUEUE_URL: "https://queue/wake" });
    await wakeUps.send({ caseId: "case_100000008", wakeAt, epoch: 1 }, 90);
    expect(sqs.commandCalls(SendMessageCommand)[0]?.args[0].input).toEqual({
      QueueUrl: "https://queue/wake",
      MessageBody: '{"caseId":"case_100000008","wakeAt":"2026-11-18T15:00:00.000Z","epoch":1}',
      DelaySeconds: 90,
    });
  });

  test("a reaction goes to its kind's queue, as the bus would have sent it", async () => {
    sqs.resetHistory();
    const urls = { mail: "q/mail", timer: "q/timer", escalation: "q/escalation", triage: "q/triage" };
    const { reactions } = toReactions({ REACTION_QUEUES: JSON.stringify(urls) });
    await reactions.send("triage", entry);
    const { QueueUrl, MessageBody } = sqs.commandCalls(SendMessageCommand)[0]?.args[0].input ?? {};
    expect(QueueUrl).toBe("q/triage");
    expect(JSON.parse(MessageBody ?? "")).toEqual({
      source: "ithaca",
      "detail-type": "TriageOwed",
      detail: JSON.parse(entry.Detail),
    });
  });

  test("a kind without a queue is a fault from the start", () => {
    expect(() => toReactions({ REACTION_QUEUES: '{"mail":"q"}' })).toThrow(/timer/);
  });
});

describe("when events are put on the bus", () => {
  test("those that it did not take are named by their places", async () => {
    const bridge = mockClient(EventBridgeClient);
    bridge.on(PutEventsCommand).resolves({ Entries: [{ EventId: "1" }, { ErrorCode: "InternalFailure" }] });
    const { bus } = toBus({ BUS_NAME: "Ithaca" });
    expect(await bus.put([entry, entry])).toEqual([1]);
    expect(bridge.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries?.[0]).toEqual({
      ...entry,
      EventBusName: "Ithaca",
    });
  });
});

describe("when mail is sent", () => {
  test("SES gets it raw, for one destination, and gives its id", async () => {
    const ses = mockClient(SESClient).on(SendRawEmailCommand).resolves({ MessageId: "ses-1" });
    const { mail } = toMail();
    const raw = new TextEncoder().encode("Subject: x\r\n\r\ny");
    expect(await mail.send({ from: "desk@example.com", to: "cleo@example.com", raw })).toBe("ses-1");
    expect(ses.commandCalls(SendRawEmailCommand)[0]?.args[0].input).toEqual({
      Source: "desk@example.com",
      Destinations: ["cleo@example.com"],
      RawMessage: { Data: raw },
    });
  });
});

describe("when SES does not take a mail", () => {
  const ses = mockClient(SESClient);
  beforeEach(() => ses.reset());
  const send = () => toMail().mail.send({ from: "desk@example.com", to: "cleo@example.com", raw: new Uint8Array() });

  test.each([
    ["it refuses the mail", new MessageRejected({ message: "refused", $metadata: { httpStatusCode: 400 } })],
    ["it cannot be reached", Object.assign(new Error("connect"), { code: "ECONNREFUSED" })],
    ["no connection stands in time", timeout("the request socket did not establish a connection with the server")],
  ])("%s: nothing went out", async (_name, failure) => {
    ses.on(SendRawEmailCommand).rejects(failure);
    await expect(send()).rejects.toBe(failure);
  });

  test.each([
    ["the connection breaks", Object.assign(new Error("socket hang up"), { code: "ECONNRESET" })],
    ["the answer takes too long", timeout("the request socket timed out")],
  ])("%s: it may have gone out", async (_name, failure) => {
    ses.on(SendRawEmailCommand).rejects(failure);
    await expect(send()).rejects.toThrow(NoAnswer);
  });

  test("the client does not send it again by itself", async () => {
    ses.on(SendRawEmailCommand).resolves({ MessageId: "ses-1" });
    await send();
    const clients = ses.commandCalls(SendRawEmailCommand).map(({ thisValue }) => thisValue as SESClient);
    expect(await Promise.all(clients.map(({ config }) => config.maxAttempts()))).toEqual([1]);
  });

  function timeout(message: string): Error {
    return Object.assign(new Error(message), { name: "TimeoutError" });
  }
});

describe("when a function is connected", () => {
  const noted: object[] = [];
  const ports = connect(toMail)(
    { MAIL_FROM: "" },
    { note: (fields) => noted.push(fields), count: () => undefined, measure: () => undefined },
  );

  test("it has its settings, the clock, and only what it asked for", () => {
    expect(ports.settings).toEqual({ MAIL_FROM: "" });
    expect(Math.abs(ports.clock() - Date.now())).toBeLessThan(1_000);
    expect(ports).not.toHaveProperty("cases");
  });

  test("ids are long and never the same, numbers lie in [0, 1)", () => {
    const ids = new Set(Array.from({ length: 1_000 }, () => ports.newId("msg")));
    expect(ids.size).toBe(1_000);
    expect([...ids].every((id) => /^msg_[0-9a-f]{32}$/.test(id))).toBe(true);
    const drawn = Array.from({ length: 1_000 }, () => ports.random());
    expect(drawn.every((one) => one >= 0 && one < 1)).toBe(true);
  });

  test("what it notes goes to the line", () => {
    ports.note({ caseId: "case_1" });
    expect(noted).toEqual([{ caseId: "case_1" }]);
  });
});

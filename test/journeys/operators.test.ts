import { setTimeout as sleep } from "node:timers/promises";
import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import {
  DeleteRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { describe, expect, inject, test } from "vitest";
import { ANA, CLEO, createCallers } from "./callers.ts";
import { openCloud } from "./cloud.ts";
import { eventually } from "./eventually.ts";
import { opsCommand } from "./ithaca.ts";
import { message } from "./messages.ts";
import { settledCase } from "./timeline.ts";

const desk = inject("desk");
const callers = createCallers(desk);
const ithaca = opsCommand(desk);
const { bus, table } = openCloud(desk);
const sqs = new SQSClient({
  endpoint: desk.endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});

/** A queue that hears everything on the bus from now on, as a new subscriber of the desk would have one. */
async function subscribe(name: string) {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
  const rule = { Name: name, EventBusName: desk.outputs.BusName };
  await bus.send(new PutRuleCommand({ ...rule, EventPattern: JSON.stringify({ source: ["ithaca"] }) }));
  const target = { Id: "queue", Arn: Attributes?.QueueArn };
  await bus.send(new PutTargetsCommand({ Rule: name, EventBusName: rule.EventBusName, Targets: [target] }));
  const heard: { "detail-type": string; detail: { caseId: string; version: number; index: number } }[] = [];
  return {
    heard: async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      heard.push(...Messages.map(({ Body = "" }) => JSON.parse(Body)));
      return heard;
    },
    end: async () => {
      await bus.send(new RemoveTargetsCommand({ Rule: name, EventBusName: rule.EventBusName, Ids: ["queue"] }));
      await bus.send(new DeleteRuleCommand(rule));
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    },
  };
}

describe("when somebody begins to listen to a desk that has cases", () => {
  test("the facts of a case are announced again, as they were, and nothing that was owed is done twice", async () => {
    const { number, caseId } = await callers.user(CLEO).sendMessage(message());
    const before = await settledCase(callers.user(ANA), number);
    const subscriber = await subscribe("a-new-subscriber");
    try {
      const printed = await ithaca.run("re-announce", "--case", number);
      expect(printed).toMatch(/Announced the facts of \d+ appends/);
      const facts = before.facts ?? [];
      const heard = await eventually("the facts of the case", async () => {
        const so = (await subscriber.heard()).filter(({ detail }) => detail.caseId === caseId);
        return so.length >= facts.length ? so : undefined;
      });
      expect(heard.map((event) => event["detail-type"]).toSorted()).toEqual(facts.map(({ type }) => type).toSorted());
      await sleep(1_000);
      const after = await callers.user(ANA).cases.read(number);
      expect([after.version, after.effects]).toEqual([before.version, before.effects]);
    } finally {
      await subscriber.end();
    }
  });

  test("a case that is not there is told", async () => {
    expect((await ithaca.tryTo("re-announce", "--case", "748203911")).exitCode).toBeGreaterThan(0);
  });
});

describe("when something could not be done after all tries", () => {
  test("it is listed, the doctor tells it, and it can be put back into its queue", async () => {
    const { number, caseId } = await callers.user(CLEO).sendMessage(message());
    const { effects = [] } = await settledCase(callers.user(ANA), number);
    const { "send-mail": queue } = JSON.parse(desk.outputs.Queues ?? "{}");
    const [mail] = effects;
    await sqs.send(new PurgeQueueCommand({ QueueUrl: queue.deadLettersUrl }));
    // What was done already, so that doing it again changes nothing.
    const detail = { caseId, effectId: mail?.id, version: 1, index: 0, at: new Date().toISOString() };
    const body = { source: "ithaca", "detail-type": "MailOwed", detail: { ...detail, template: "acknowledgement" } };
    await sqs.send(new SendMessageCommand({ QueueUrl: queue.deadLettersUrl, MessageBody: JSON.stringify(body) }));

    const listed = JSON.parse(await ithaca.run("dead-letters", "list", "--json"));
    expect(listed).toContainEqual(expect.objectContaining({ queue: "send-mail", event: "MailOwed", caseId }));
    const ill = await ithaca.tryTo("doctor");
    expect(ill).toMatchObject({ exitCode: 1, output: expect.stringContaining("BAD\tdead letters\t1 of send-mail") });

    // A letter that was looked at is out of sight for a few seconds.
    await sleep(6_000);
    expect(await ithaca.run("dead-letters", "redrive", "send-mail")).toBe("send-mail\t1 moved\n");
    expect(JSON.parse(await ithaca.run("dead-letters", "list", "--queue", "send-mail", "--json"))).toEqual([]);
  });
});

/** Makes a new case of main's what it would be if it were older than the counts: in none of them. */
async function forgetCount(caseId: string): Promise<void> {
  const TableName = desk.outputs.TableName;
  const [state, counts] = [
    { pk: { S: `CASE#${caseId}` }, sk: { S: "STATE" } },
    // The counts are the sums of several items: which of them has less is all the same.
    { pk: { S: "COUNTS#0" }, sk: { S: "COUNTS" } },
  ];
  await table.send(
    new UpdateItemCommand({
      TableName,
      Key: state,
      UpdateExpression: "REMOVE #projection.atRisk",
      ExpressionAttributeNames: { "#projection": "projection" },
    }),
  );
  await table.send(
    new UpdateItemCommand({
      TableName,
      Key: counts,
      UpdateExpression: "ADD #active :less, #free :less",
      ExpressionAttributeNames: { "#active": "team:main:active", "#free": "team:main:unassigned" },
      ExpressionAttributeValues: { ":less": { N: "-1" } },
    }),
  );
}

describe("when a desk is older than the counts that it keeps", () => {
  test("the cases that no count has are counted, once", async () => {
    const { caseId, number } = await callers.user(CLEO).sendMessage(message());
    const ana = callers.user(ANA);
    await settledCase(ana, number);
    // Whether a case is at risk is left out: those of other journeys may have come to be meanwhile.
    const counted = async () => {
      const main = (await ana.cases.counts()).teams.find(({ team }) => team === "main");
      return [Number(main?.active), Number(main?.unassigned)];
    };
    const before = await counted();
    await forgetCount(caseId);
    expect(await counted()).toEqual(before.map((number) => number - 1));

    expect(JSON.parse(await ithaca.run("recount", "--json"))).toMatchObject({ counted: 1, newer: 0 });
    expect(await counted()).toEqual(before);
    expect(await ithaca.run("recount")).toMatch(/^0 of \d+ cases were in no count/);
  });
});

describe("a desk that is well", () => {
  test("is told so, check by check", async () => {
    const findings = JSON.parse((await ithaca.tryTo("doctor", "--json")).output);
    const verdicts = Object.fromEntries(
      findings.map(({ check, verdict }: { check: string; verdict: string }) => [check, verdict]),
    );
    expect(verdicts).toMatchObject({
      stacks: "good",
      concurrency: "good",
      alarms: "good",
      outbound: "good",
      // The sweep runs each minute, and this desk may be younger.
      timers: expect.stringMatching(/good|look/),
      time: "good",
    });
  });
});

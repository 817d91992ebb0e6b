import { manifests } from "@ithaca/infra";
import { describe, expect, test } from "vitest";
import { deskTemplates, referred, resourcesOf } from "./desk-templates.ts";

const { data, desk } = deskTemplates();
const queues = resourcesOf(desk, "AWS::SQS::Queue");
const alarms = resourcesOf(desk, "AWS::CloudWatch::Alarm");
const rules = resourcesOf(desk, "AWS::Events::Rule");
const deadLetterQueues = new Set(
  queues.flatMap(([, { Properties }]) => referred(Properties.RedrivePolicy?.deadLetterTargetArn) ?? []),
);
const scheduled = manifests.filter(({ trigger }) => trigger.kind === "schedule");

/** Whether a value names a dead-letter queue: one that another is redriven to, or one of a schedule. */
function isDeadLetterQueue(arn: unknown): boolean {
  const [, queue] = queues.find(([id]) => id === referred(arn)) ?? [];
  return String(queue?.Properties.QueueName).endsWith("-dead-letters");
}

/** What hands something on without anybody waiting for the answer. What each must have is told below, or where it says. */
const ASYNCHRONOUS: readonly string[] = [
  "AWS::CloudWatch::Alarm",
  "AWS::Events::EventBus",
  "AWS::Events::Rule",
  "AWS::Lambda::EventInvokeConfig",
  "AWS::Lambda::EventSourceMapping",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
  // case-timer.test.ts
  "AWS::StepFunctions::StateMachine",
];
/** What keeps, allows, shows or answers at once. */
const AT_REST =
  /^AWS::(ApiGatewayV2|Cognito|DynamoDB|IAM|KMS|Logs|S3)::|::\w*Policy$|::(Permission|Function|Dashboard)$/;

describe("an asynchronous edge", () => {
  test("is of a kind that is looked at here: no resource of either stack is of another", () => {
    const types = [data, desk].flatMap((stack) =>
      Object.values<{ Type: string }>(stack.toJSON().Resources).map(({ Type }) => Type),
    );
    expect(types.length).toBeGreaterThan(200);
    const moving = [...new Set(types)].filter((type) => !AT_REST.test(type));
    expect(moving.toSorted()).toEqual(ASYNCHRONOUS.toSorted());
  });

  test("does not begin where nobody would look: no bucket, log or user pool calls a function", () => {
    const hidden = /LambdaConfig|NotificationConfiguration|SubscriptionFilter|LambdaFunctionAssociations/;
    for (const stack of [data, desk]) expect(JSON.stringify(stack.toJSON()).match(hidden)?.[0]).toBeUndefined();
  });

  test("starts a function through a queue, the table's stream or the clock alone; the API waits for its answer", () => {
    const byId = new Map(resourcesOf(desk, "AWS::Lambda::Function").map(([id, { Properties }]) => [id, Properties]));
    const nameOf = (value: unknown) => String(byId.get(referred(value) ?? "")?.FunctionName);
    const ways = [
      ...resourcesOf(desk, "AWS::Lambda::EventSourceMapping").map(
        ([, { Properties }]) =>
          [nameOf(Properties.FunctionName), Properties.StartingPosition === undefined ? "queue" : "stream"] as const,
      ),
      ...resourcesOf(desk, "AWS::Lambda::Permission").map(
        ([, { Properties }]) => [nameOf(Properties.FunctionName), Properties.Principal] as const,
      ),
    ];
    const kinds = { stream: "stream", queue: "queue", events: "queue", schedule: "events.amazonaws.com" } as const;
    const expected = manifests.map(
      ({ name, trigger: { kind } }) =>
        [`Ithaca-${name}`, kind in kinds ? kinds[kind as keyof typeof kinds] : "apigateway.amazonaws.com"] as const,
    );
    const asText = (pairs: readonly (readonly [string, string])[]) => [...new Set(pairs.map(String))].toSorted();
    expect(asText(ways)).toEqual(asText(expected));
  });
});

describe("a queue", () => {
  test.each(queues)("%s is redriven to a dead-letter queue after five tries, or is one", (id, { Properties }) => {
    if (isDeadLetterQueue({ Ref: id })) {
      expect(Properties.RedrivePolicy).toBeUndefined();
      return;
    }
    expect(Properties.RedrivePolicy.maxReceiveCount).toBe(5);
    expect(isDeadLetterQueue(Properties.RedrivePolicy.deadLetterTargetArn)).toBe(true);
  });

  test.each(queues)("%s is encrypted", (_, { Properties }) => {
    expect(Properties.SqsManagedSseEnabled).toBe(true);
  });

  test.each(queues)("%s takes nothing that was not sent by TLS", (id) => {
    const policies = resourcesOf(desk, "AWS::SQS::QueuePolicy").filter(([, { Properties }]) =>
      Properties.Queues.some((queue: unknown) => referred(queue) === id),
    );
    expect(policies.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)).toContainEqual(
      expect.objectContaining({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    );
  });

  test("keeps its messages for less long than its dead-letter queue does", () => {
    const kept = new Map(queues.map(([id, { Properties }]) => [id, Properties.MessageRetentionPeriod]));
    const pairs = queues.flatMap(([id, { Properties }]) => {
      const dead = referred(Properties.RedrivePolicy?.deadLetterTargetArn);
      return dead === undefined ? [] : [{ source: kept.get(id), dead: kept.get(dead) }];
    });
    expect(pairs.length).toBeGreaterThan(0);
    expect(pairs.filter(({ source, dead }) => !(source < dead))).toEqual([]);
  });
});

describe("a dead-letter queue", () => {
  const dead = queues.filter(([id]) => isDeadLetterQueue({ Ref: id }));

  test("is there for each queue and each schedule", () => {
    expect(deadLetterQueues.size).toBeGreaterThan(0);
    expect(dead).toHaveLength(deadLetterQueues.size + scheduled.length);
  });

  test("can be found by the desk's output, all of them", () => {
    const told = JSON.stringify(desk.findOutputs("Queues"));
    expect(dead.filter(([id]) => !told.includes(`{"Ref":"${id}"}`)).map(([id]) => id)).toEqual([]);
  });

  test.each(dead)("%s raises an alarm with its first message, and somebody is told", (id) => {
    const watching = alarms.filter(
      ([, { Properties }]) =>
        Properties.MetricName === "ApproximateNumberOfMessagesVisible" &&
        Properties.Dimensions.some(({ Value }: { Value: unknown }) => referred(Value) === id),
    );
    expect(watching.map(([, { Properties }]) => Properties)).toEqual([
      expect.objectContaining({
        Threshold: 1,
        ComparisonOperator: "GreaterThanOrEqualToThreshold",
        AlarmActions: [expect.anything()],
        AlarmDescription: expect.any(String),
      }),
    ]);
  });
});

describe("a rule", () => {
  const targets = rules.flatMap(([id, { Properties }]) => Properties.Targets.map((target: unknown) => [id, target]));

  test.each(targets)("%s tries to deliver again, and what it cannot deliver is a dead letter", (_, target) => {
    expect(target.RetryPolicy).toEqual({
      MaximumEventAgeInSeconds: expect.any(Number),
      MaximumRetryAttempts: expect.any(Number),
    });
    expect(isDeadLetterQueue(target.DeadLetterConfig?.Arn)).toBe(true);
  });

  test("of events puts them into a queue, never into a function", () => {
    const ofEvents = rules.filter(([, { Properties }]) => Properties.EventPattern !== undefined);
    expect(ofEvents.length).toBeGreaterThan(0);
    const ids = new Set(queues.map(([id]) => id));
    for (const [, { Properties }] of ofEvents) {
      for (const { Arn } of Properties.Targets) expect(ids).toContain(referred(Arn));
    }
  });

  test("carries the pattern of the events that its function reacts to", () => {
    const reactions = manifests.flatMap(({ name, trigger }) =>
      trigger.kind === "events" ? [{ name, ...trigger }] : [],
    );
    expect(reactions.length).toBeGreaterThan(0);
    for (const { name, events } of reactions) {
      const rule = rules.find(([, { Properties }]) => Properties.Name === `Ithaca-${name}`)?.[1];
      expect(rule?.Properties.EventPattern).toEqual({
        source: ["ithaca"],
        "detail-type": events.map(({ type }) => type),
      });
    }
  });
});

describe("a function that runs by the clock", () => {
  const invocations = scheduled.length > 0 ? resourcesOf(desk, "AWS::Lambda::EventInvokeConfig") : [];

  test("has an end for its runs that fail, each of them", () => {
    expect(scheduled.length).toBeGreaterThan(0);
    expect(invocations).toHaveLength(scheduled.length);
    for (const [, { Properties }] of invocations) {
      expect(isDeadLetterQueue(Properties.DestinationConfig.OnFailure.Destination)).toBe(true);
      expect(Properties.MaximumRetryAttempts).toBeLessThanOrEqual(2);
    }
  });
});

describe("the stream's mapping", () => {
  const streams = resourcesOf(desk, "AWS::Lambda::EventSourceMapping").filter(
    ([, { Properties }]) => Properties.StartingPosition !== undefined,
  );

  test("is there, once", () => {
    expect(streams).toHaveLength(1);
  });

  test.each(streams)(
    "%s splits a failing batch, tries it a bounded number of times and puts it aside",
    (_, mapping) => {
      expect(mapping.Properties).toMatchObject({
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
      });
      expect(mapping.Properties.MaximumRetryAttempts).toBeGreaterThan(0);
      expect(mapping.Properties.MaximumRetryAttempts).toBeLessThanOrEqual(100);
    },
  );

  test.each(streams)(
    "%s drops nothing for its age, but on the local cloud, which knows no other bound",
    (_, mapping) => {
      expect(mapping.Properties.MaximumRecordAgeInSeconds).toBeUndefined();
      const local = resourcesOf(deskTemplates({ local: "true" }).desk, "AWS::Lambda::EventSourceMapping");
      expect(local.flatMap(([, { Properties }]) => Properties.MaximumRecordAgeInSeconds ?? [])).toEqual([60]);
    },
  );

  test.each(streams)("%s passes on new items that are to be announced, and nothing else", (_, { Properties }) => {
    const patterns = Properties.FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern));
    expect(patterns).toEqual([{ eventName: ["INSERT"], dynamodb: { NewImage: { announce: { BOOL: [true] } } } }]);
  });

  test("raises an alarm for a record that is put aside, for one that is dropped, and for being late", () => {
    const watched = alarms.map(([, { Properties }]) => Properties.MetricName);
    expect(watched).toEqual(
      expect.arrayContaining(["OnFailureDestinationDeliveredEventCount", "DroppedEventCount", "IteratorAge"]),
    );
  });
});

describe("an alarm", () => {
  test.each(alarms)("%s tells somebody what it means, and is silent while nothing happens", (_, { Properties }) => {
    expect(Properties.AlarmDescription.length).toBeGreaterThan(20);
    expect(Properties.AlarmActions).toHaveLength(1);
    expect(Properties.TreatMissingData).toBe("notBreaching");
  });
});

describe("the topic of alarms", () => {
  test("lets the account's alarms in, though it has a policy of its own", () => {
    const statements = resourcesOf(desk, "AWS::SNS::TopicPolicy").flatMap(
      ([, { Properties }]) => Properties.PolicyDocument.Statement,
    );
    expect(statements).toContainEqual(
      expect.objectContaining({
        Effect: "Allow",
        Action: "sns:Publish",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
      }),
    );
  });
});

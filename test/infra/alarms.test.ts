import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { deskTemplates, resourcesOf } from "./desk-templates.ts";

/** What somebody must be told of, by the metric that tells it (docs/operations.md has what to do). */
const WATCHED = [
  ["a message that could not be handled", "AWS/SQS", "ApproximateNumberOfMessagesVisible"],
  ["facts that are published late", "AWS/Lambda", "IteratorAge"],
  ["facts that were put aside", "AWS/Lambda", "OnFailureDestinationDeliveredEventCount"],
  ["facts that were dropped", "AWS/Lambda", "DroppedEventCount"],
  ["something that is owed too long", "Ithaca", "longest-owed-seconds"],
  ["something owed that was given up", "Ithaca", "effects-exhausted"],
  ["effects that the reconciler had to repeat", "Ithaca", "effects-repeated"],
  ["wake-ups that the reconciler had to repeat", "Ithaca", "wake-ups-repeated"],
  ["a breach that was recorded late", "Ithaca", "breach-lateness-ms"],
  ["an answer of the API that was a fault", "AWS/ApiGateway", "5xx"],
  ["timers that failed", "AWS/States", "ExecutionsFailed"],
  ["functions that were turned away", "AWS/Lambda", "Throttles"],
  ["reads that were turned away", "AWS/DynamoDB", "ReadThrottleEvents"],
  ["writes that were turned away", "AWS/DynamoDB", "WriteThrottleEvents"],
  ["timers that were turned away", "AWS/States", "ExecutionThrottled"],
] as const;

const OPERATIONS = readFileSync(join(import.meta.dirname, "..", "..", "docs", "operations.md"), "utf8");

const { desk } = deskTemplates();
const alarms = resourcesOf(desk, "AWS::CloudWatch::Alarm");
const dashboards = resourcesOf(desk, "AWS::CloudWatch::Dashboard");

describe("there is an alarm for", () => {
  test.each(WATCHED)("%s", (_, namespace, metric) => {
    const watching = alarms.filter(
      ([, { Properties }]) => Properties.Namespace === namespace && Properties.MetricName === metric,
    );
    expect(watching).not.toEqual([]);
  });

  test.each(WATCHED)("%s, with what to do about it in the book of operations", (_, _namespace, metric) => {
    expect(OPERATIONS).toContain(`\`${metric}\``);
  });

  test("nothing that is not on this list", () => {
    const known = new Set(WATCHED.map(([, namespace, metric]) => `${namespace} ${metric}`));
    const watched = alarms.map(([, { Properties }]) => `${Properties.Namespace} ${Properties.MetricName}`);
    expect(watched.filter((one) => !known.has(one))).toEqual([]);
  });
});

describe("a metric of the desk's own", () => {
  const own = alarms.filter(([, { Properties }]) => Properties.Namespace === "Ithaca");

  test.each(own)(
    "%s is that of a function of this desk, by the name under which it is deployed",
    (_, { Properties }) => {
      const functions = resourcesOf(desk, "AWS::Lambda::Function").map(([, one]) => one.Properties.FunctionName);
      expect(Properties.Dimensions).toEqual([{ Name: "function", Value: expect.any(String) }]);
      expect(functions).toContain(Properties.Dimensions[0].Value);
    },
  );
});

describe("the dashboard", () => {
  test("is one, named after the desk", () => {
    expect(dashboards.map(([, { Properties }]) => Properties.DashboardName)).toEqual(["Ithaca"]);
  });

  test("shows every alarm and every queue and function", () => {
    const body = JSON.stringify(dashboards[0]?.[1].Properties.DashboardBody);
    const unseen = ["AWS::CloudWatch::Alarm", "AWS::SQS::Queue", "AWS::Lambda::Function"]
      .flatMap((type) => resourcesOf(desk, type))
      .filter(
        ([id, { Properties }]) => !/dead-letters$/.test(String(Properties.QueueName)) && !body.includes(`"${id}"`),
      );
    expect(unseen.map(([id]) => id)).toEqual([]);
  });
});

import validate from "asl-validator";
import { describe, expect, test } from "vitest";
import { asText, deskTemplates, referred, resourcesOf } from "./desk-templates.ts";

const { desk } = deskTemplates();
const machines = resourcesOf(desk, "AWS::StepFunctions::StateMachine").map(
  ([id, { Properties }]) => [id, Properties, JSON.parse(asText(Properties.DefinitionString, "aws"))] as const,
);

describe("the timer of a case", () => {
  test.each(machines)("%s is a definition that Step Functions takes", (_id, _properties, definition) => {
    expect(validate(definition)).toMatchObject({ isValid: true });
  });

  test("is refused by the same check when a state is missing", () => {
    const [, , definition] = machines[0] ?? [];
    expect(validate({ ...definition, StartAt: "Nowhere" })).toMatchObject({ isValid: false });
  });

  test.each(machines)(
    "%s waits until the instant, then sends what it was given to the queue of wake-ups",
    (_id, _p, definition) => {
      const { Type, TimestampPath, Next } = definition.States[definition.StartAt];
      expect({ Type, TimestampPath }).toEqual({ Type: "Wait", TimestampPath: "$.wakeAt" });
      expect(definition.States[Next]).toMatchObject({
        Resource: "arn:aws:states:::sqs:sendMessage",
        End: true,
        Parameters: { MessageBody: { "caseId.$": "$.caseId", "wakeAt.$": "$.wakeAt", "epoch.$": "$.epoch" } },
      });
    },
  );

  test.each(machines)("%s tries again, and its failures raise an alarm", (id, _properties, definition) => {
    const task = Object.values<{ Type: string; Retry?: unknown[]; Catch?: unknown[] }>(definition.States).filter(
      ({ Type }) => Type === "Task",
    );
    expect(task).toHaveLength(1);
    expect(task[0]?.Retry).toHaveLength(1);
    expect(task[0]?.Catch).toHaveLength(1);
    const watched = resourcesOf(desk, "AWS::CloudWatch::Alarm").filter(
      ([, { Properties }]) =>
        Properties.MetricName === "ExecutionsFailed" && referred(Properties.Dimensions[0].Value) === id,
    );
    expect(watched).toHaveLength(1);
  });

  test.each(machines)("%s is traced and logged on AWS", (_id, properties) => {
    expect(properties.TracingConfiguration).toEqual({ Enabled: true });
    expect(properties.LoggingConfiguration.Level).toBe("ERROR");
  });
});

import { describe, expect, test } from "vitest";
import { openAgenda } from "./agenda.ts";
import { chanceOf } from "./chance.ts";
import { execute, type StateMachineDefinition } from "./state-machine.ts";

const DEFINITION: StateMachineDefinition = {
  StartAt: "Wait",
  States: {
    Wait: { Type: "Wait", TimestampPath: "$.wakeAt", Next: "Which" },
    Which: { Type: "Choice", Choices: [{ Variable: "$.epoch", NumericEquals: 9, Next: "End" }], Default: "Send" },
    Send: {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage",
      Parameters: { QueueUrl: "queue", MessageBody: { "caseId.$": "$.caseId" } },
      Retry: [{ MaxAttempts: 2, IntervalSeconds: 1, BackoffRate: 2 }],
      Catch: [{ Next: "NotSent" }],
      End: true,
    },
    NotSent: { Type: "Fail" },
    End: { Type: "Succeed" },
  },
};
const WAKE_AT = "2026-11-02T10:00:00.000Z";

async function ran(input: Record<string, unknown>, failures: number, upAgainAt = 0) {
  const agenda = openAgenda(Date.parse("2026-11-02T09:00:00.000Z"), () => false);
  const tried: { at: number; parameters: unknown }[] = [];
  const task = (_resource: string, parameters: unknown) => {
    tried.push({ at: agenda.now(), parameters });
    if (tried.length <= failures) throw new Error("SQS does not answer");
  };
  const whenUp = (goOn: () => void) => void agenda.at(upAgainAt, goOn);
  execute(DEFINITION, input, { agenda, chance: chanceOf(1), task, lateMs: 0, whenUp });
  await agenda.runUntil(Date.parse("2026-11-03T00:00:00.000Z"));
  return tried;
}

describe("a synthesised state machine", () => {
  test("waits until the instant, then does its task with its input", async () => {
    const tried = await ran({ caseId: "case_1", wakeAt: WAKE_AT, epoch: 1 }, 0);
    expect(tried).toEqual([
      { at: Date.parse(WAKE_AT), parameters: { QueueUrl: "queue", MessageBody: { caseId: "case_1" } } },
    ]);
  });

  test("goes on when its service is up again", async () => {
    const upAgainAt = Date.parse(WAKE_AT) + 3_600_000;
    const tried = await ran({ caseId: "case_1", wakeAt: WAKE_AT, epoch: 1 }, 0, upAgainAt);
    expect(tried.map(({ at }) => at)).toEqual([upAgainAt]);
  });

  test.each([
    [1, 2],
    [2, 3],
    [9, 3],
  ])("a task that fails %i times is tried %i times", async (failures, tries) => {
    expect(await ran({ caseId: "case_1", wakeAt: WAKE_AT, epoch: 1 }, failures)).toHaveLength(tries);
  });

  test("chooses by its input", async () => {
    expect(await ran({ caseId: "case_1", wakeAt: WAKE_AT, epoch: 9 }, 0)).toEqual([]);
  });
});

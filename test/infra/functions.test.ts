import { functionSources, manifests } from "@ithaca/infra";
import { describe, expect, test } from "vitest";
import { deskTemplates, referred, resourcesOf } from "./desk-templates.ts";

const VISIBILITY_TIMEOUTS_MIN = 6;

const { desk } = deskTemplates();
const functions = resourcesOf(desk, "AWS::Lambda::Function");

/** The function of a manifest, as it is deployed. */
function deployed(name: string) {
  const found = functions.find(([, { Properties }]) => Properties.FunctionName === `Ithaca-${name}`);
  if (found === undefined) throw new Error(`${name} is not deployed`);
  return { logicalId: found[0], ...found[1].Properties };
}

describe("the functions that are deployed", () => {
  test("are those whose manifests are on disk, and no others", () => {
    const onDisk = functionSources().map(({ name }) => name);
    expect(manifests.map(({ name }) => name).toSorted()).toEqual(onDisk);
    expect(functions).toHaveLength(onDisk.length);
  });

  test.each(manifests.map((manifest) => [manifest.name, manifest] as const))(
    "%s has the time, the memory and just the variables that its manifest asks for",
    (name, { env, timeoutSeconds, memoryMb }) => {
      const { Environment, Timeout, MemorySize } = deployed(name);
      expect(Object.keys(Environment.Variables).toSorted()).toEqual(Object.keys(env.shape).toSorted());
      expect({ Timeout, MemorySize }).toEqual({ Timeout: timeoutSeconds, MemorySize: memoryMb });
    },
  );

  test.each(functions)("%s runs Node 24 on ARM and is traced", (_, { Properties }) => {
    expect(Properties).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
      TracingConfig: { Mode: "Active" },
    });
  });

  test("have a role each, and none is shared", () => {
    const roles = functions.map(([, { Properties }]) => referred(Properties.Role));
    expect(roles).not.toContain(undefined);
    expect(new Set(roles).size).toBe(functions.length);
  });

  test.each(functions)("%s logs to a group of its own that forgets", (_, { Properties }) => {
    const group = referred(Properties.LoggingConfig.LogGroup);
    const groups = Object.fromEntries(resourcesOf(desk, "AWS::Logs::LogGroup"));
    expect(groups[group ?? ""]?.Properties).toEqual({
      LogGroupName: `/aws/lambda/${Properties.FunctionName}`,
      RetentionInDays: expect.any(Number),
    });
  });
});

describe("a function behind a queue", () => {
  const queues = Object.fromEntries(resourcesOf(desk, "AWS::SQS::Queue"));
  const mappings = resourcesOf(desk, "AWS::Lambda::EventSourceMapping").filter(
    ([, { Properties }]) => queues[referred(Properties.EventSourceArn) ?? ""] !== undefined,
  );

  test("is there for every manifest that waits for events or messages", () => {
    const queued = manifests.filter(({ trigger }) => trigger.kind === "events" || trigger.kind === "queue");
    const started = mappings.map(([, { Properties }]) => referred(Properties.FunctionName)).toSorted();
    expect(queued.length).toBeGreaterThan(0);
    expect(started).toEqual(queued.map(({ name }) => deployed(name).logicalId).toSorted());
  });

  test.each(mappings)("%s hides a message for six times the function's timeout", (_, { Properties }) => {
    const queue = queues[referred(Properties.EventSourceArn) ?? ""];
    const [, lambda] = functions.find(([id]) => id === referred(Properties.FunctionName)) ?? [];
    expect(queue?.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(
      lambda?.Properties.Timeout * VISIBILITY_TIMEOUTS_MIN,
    );
  });

  test.each(mappings)(
    "%s takes batches, says which of a batch failed, and has a maximum concurrency",
    (_, { Properties }) => {
      expect(Properties).toMatchObject({
        BatchSize: 10,
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        ScalingConfig: { MaximumConcurrency: expect.any(Number) },
      });
    },
  );
});

describe("on the local cloud", () => {
  const local = deskTemplates({ local: "true" });

  test.each(resourcesOf(local.desk, "AWS::Lambda::Function"))(
    "%s is not traced and runs on the processor of the machine",
    (_, { Properties }) => {
      expect(Properties.TracingConfig).toBeUndefined();
      expect(Properties.Architectures).toEqual(["x86_64"]);
    },
  );

  test("a function asks for other rules each second", () => {
    const asking = resourcesOf(local.desk, "AWS::Lambda::Function").flatMap(
      ([, { Properties }]) => Properties.Environment.Variables.RULES_REFRESH_SECONDS ?? [],
    );
    expect(new Set(asking)).toEqual(new Set(["1"]));
  });
});

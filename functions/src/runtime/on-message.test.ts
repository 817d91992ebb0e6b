import { ClockBreached, ClockWarned } from "@ithaca/contracts";
import { instantOf } from "@ithaca/domain";
import type { SQSEvent } from "aws-lambda";
import { beforeEach, describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { LAMBDA_CONTEXT } from "../fixtures/lambda-context.ts";
import { queueBody } from "./envelope.ts";
import type { Manifest } from "./manifest.ts";
import { onMessage } from "./on-message.ts";

const sizes = { env: z.object({}), needs: [], timeoutSeconds: 10, memoryMb: 256 } as const;
const onBreach = {
  ...sizes,
  name: "on-breach",
  trigger: { kind: "events", events: [ClockBreached] },
} as const satisfies Manifest;
const onWakeUp = {
  ...sizes,
  name: "on-wake-up",
  trigger: { kind: "queue", queue: "wake-ups" },
} as const satisfies Manifest;

beforeEach(() => {
  vi.stubEnv("POWERTOOLS_LOG_LEVEL", "SILENT");
});

const NO_PORTS = () => ({});

function batch(...bodies: string[]): SQSEvent {
  const records = bodies.map((body, at) => ({
    messageId: `m-${at}`,
    body,
    attributes: { ApproximateReceiveCount: "1" },
  }));
  return { Records: records } as unknown as SQSEvent;
}

const at = instantOf("2026-11-18T15:00:00Z");
const by = { kind: "system", id: "wake-case" } as const;
const named = {
  caseId: "case_100000008",
  version: 2,
  index: 0,
  at,
  by,
  metric: "first-response",
  cycle: 1,
  dueAt: at,
} as const;
const breach = queueBody(ClockBreached.entry({ ...named, team: "main", tier: 1 }));

describe("when a batch of events comes", () => {
  test("each is given to the function, decoded", async () => {
    const seen: unknown[] = [];
    const handler = onMessage(onBreach, async (detail) => seen.push(detail), NO_PORTS);

    expect(await handler(batch(breach, breach), LAMBDA_CONTEXT)).toEqual({ batchItemFailures: [] });
    expect(seen).toHaveLength(2);
    expect(seen[0]).toMatchObject({ caseId: "case_100000008", dueAt: at, tier: 1 });
  });

  test("what EventBridge puts around a detail besides does not matter", async () => {
    const envelope = { version: "0", id: "1", account: "1", region: "x", resources: [], ...JSON.parse(breach) };
    const handler = onMessage(onBreach, async () => undefined, NO_PORTS);
    expect(await handler(batch(JSON.stringify(envelope)), LAMBDA_CONTEXT)).toEqual({ batchItemFailures: [] });
  });

  test("those that fail go back, the others do not", async () => {
    let handled = 0;
    const handler = onMessage(
      onBreach,
      async () => {
        handled += 1;
        if (handled === 2) throw new Error("the store is away");
      },
      NO_PORTS,
    );
    const answer = await handler(batch(breach, breach, breach), LAMBDA_CONTEXT);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "m-1" }] });
  });

  test("one that throws before it waits for anything is told apart as well", async () => {
    const handler = onMessage(
      onBreach,
      () => {
        throw new Error("at once");
      },
      NO_PORTS,
    );
    expect(await handler(batch(breach), LAMBDA_CONTEXT)).toEqual({ batchItemFailures: [{ itemIdentifier: "m-0" }] });
  });

  test.each([
    ["is no JSON", "{"],
    ["is no envelope", "{}"],
    ["is another event", queueBody(ClockWarned.entry({ ...named, percent: 50 }))],
    ["is another source's", breach.replace('"ithaca"', '"elsewhere"')],
    ["lacks a field", breach.replace('"dueAt"', '"otherwise"')],
    ["has a field of the wrong kind", breach.replace('"tier":1', '"tier":"one"')],
  ])("a record that %s fails, and the function never sees it", async (_, body) => {
    const react = vi.fn(async () => undefined);
    const handler = onMessage(onBreach, react, NO_PORTS);
    expect(await handler(batch(body), LAMBDA_CONTEXT)).toEqual({ batchItemFailures: [{ itemIdentifier: "m-0" }] });
    expect(react).not.toHaveBeenCalled();
  });
});

describe("when a message of a queue comes that functions write to", () => {
  test("it is decoded by the queue's schema", async () => {
    const seen: unknown[] = [];
    const handler = onMessage(onWakeUp, async (wakeUp) => seen.push(wakeUp), NO_PORTS);
    const body = JSON.stringify({ caseId: "case_100000008", wakeAt: "2026-11-18T15:00:00Z", epoch: 1 });
    await handler(batch(body), LAMBDA_CONTEXT);
    expect(seen).toEqual([{ caseId: "case_100000008", wakeAt: at, epoch: 1 }]);
  });

  test("one that is none fails", async () => {
    const handler = onMessage(onWakeUp, async () => undefined, NO_PORTS);
    const answer = await handler(batch('{"caseId":"case_1"}'), LAMBDA_CONTEXT);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "m-0" }] });
  });
});

describe("when a process handles several batches", () => {
  test("it connects once, at the first", async () => {
    const connect = vi.fn(NO_PORTS);
    const handler = onMessage(onWakeUp, async () => undefined, connect);
    expect(connect).not.toHaveBeenCalled();
    await handler(batch(), LAMBDA_CONTEXT);
    await handler(batch(), LAMBDA_CONTEXT);
    expect(connect).toHaveBeenCalledOnce();
  });

  test("a variable that is missing is a fault that names it", async () => {
    const manifest = { ...onWakeUp, env: z.object({ TABLE_NAME_OF_THIS_TEST: z.string() }) };
    const handler = onMessage(manifest, async () => undefined, NO_PORTS);
    await expect(handler(batch(), LAMBDA_CONTEXT)).rejects.toThrow(/TABLE_NAME_OF_THIS_TEST/);
  });
});

import { marshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBStreamEvent } from "aws-lambda";
import { beforeEach, describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { LAMBDA_CONTEXT } from "../fixtures/lambda-context.ts";
import type { Manifest } from "./manifest.ts";
import { onStream, type StreamRecord } from "./on-stream.ts";

const manifest = {
  name: "on-change",
  trigger: { kind: "stream" },
  env: z.object({}),
  needs: [],
  timeoutSeconds: 10,
  memoryMb: 256,
} as const satisfies Manifest;

beforeEach(() => {
  vi.stubEnv("POWERTOOLS_LOG_LEVEL", "SILENT");
});

function event(...records: object[]): DynamoDBStreamEvent {
  return { Records: records } as DynamoDBStreamEvent;
}

describe("when the table's stream tells of changes", () => {
  test("each is given with its number and its item", async () => {
    let seen: readonly StreamRecord[] = [];
    const handler = onStream(
      manifest,
      async (records) => {
        seen = records;
        return [];
      },
      () => ({}),
    );
    const item = { pk: "CASE#1", sk: "STATE", version: 3, announce: true };
    await handler(
      event(
        { eventName: "INSERT", dynamodb: { SequenceNumber: "7", NewImage: marshall(item) } },
        { eventName: "MODIFY", dynamodb: { SequenceNumber: "8" } },
      ),
      LAMBDA_CONTEXT,
    );

    expect(seen.map(({ sequenceNumber, inserted }) => [sequenceNumber, inserted])).toEqual([
      ["7", true],
      ["8", false],
    ]);
    expect(seen[0]?.item()).toEqual(item);
    expect(() => seen[1]?.item()).toThrow("no new image");
  });

  test("those that failed are named to the mapping", async () => {
    const handler = onStream(
      manifest,
      async ([first]) =>
        first === undefined ? [] : [{ sequenceNumber: first.sequenceNumber, error: new Error("no") }],
      () => ({}),
    );
    const answer = await handler(event({ eventName: "INSERT", dynamodb: { SequenceNumber: "7" } }), LAMBDA_CONTEXT);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "7" }] });
  });
});

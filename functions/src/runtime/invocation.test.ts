import { beforeEach, describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { LAMBDA_CONTEXT } from "../fixtures/lambda-context.ts";
import type { Manifest } from "./manifest.ts";
import { onSchedule } from "./on-schedule.ts";

const hourly = {
  name: "on-the-hour",
  env: z.object({}),
  needs: [],
  timeoutSeconds: 10,
  memoryMb: 256,
  trigger: { kind: "schedule", everyMinutes: 60 },
} as const satisfies Manifest;

beforeEach(() => {
  vi.stubEnv("POWERTOOLS_LOG_LEVEL", "SILENT");
});

describe("when a fault is thrown out of a function, so that its process logs it", () => {
  test("it keeps its name and says what went wrong, without the address that it quotes", async () => {
    const failure = Object.assign(new Error("no mail to cleo@customer.example"), { name: "MessageRejected" });
    const handler = onSchedule(
      hourly,
      () => Promise.reject(failure),
      () => ({}),
    );
    const thrown = await Promise.resolve(handler({}, LAMBDA_CONTEXT)).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name: "MessageRejected", message: "no mail to [address]" });
    expect((thrown as Error).stack).toContain("invocation.test");
    expect((thrown as Error).stack).not.toContain("cleo");
  });
});

import { HOUR_MS, system, wake } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { openRequestDesk } from "../fixtures/request-desk.ts";
import { routesOf } from "../fixtures/routes-of.ts";

let desk: Awaited<ReturnType<typeof openRequestDesk>>;
let routes: ReturnType<typeof routesOf>;
let number: string;

beforeEach(async () => {
  desk = await openRequestDesk();
  routes = routesOf(desk);
  const { body } = await routes["send-message"]({
    as: "cleo",
    body: {
      channel: "portal",
      channelMessageId: "1",
      subject: "Exports",
      text: "They stop.",
      requestedPriority: "high",
    },
  });
  number = body.number;
});

const waive = (change: { as?: "ana" | "lena"; version?: number; body?: unknown } = {}) =>
  routes["waive-breach"]({
    as: change.as ?? "lena",
    path: { number, metric: "first-response" },
    headers: { "if-match": `"${change.version ?? 2}"` },
    body: change.body ?? { reason: "The line was cut." },
  });

async function breach() {
  desk.moveOn(5 * HOUR_MS);
  await desk.store.cases.change(`case_${number}`, (current, rulebook, now) =>
    wake(current, rulebook, now, system("wake-case")),
  );
}

describe("when a promise was broken", () => {
  beforeEach(breach);

  test("a lead excuses it with a reason: the case says so, and the breach stays", async () => {
    expect((await waive()).status).toBe(201);
    const { body } = await routes["read-case"]({ as: "ana", path: { number } });
    expect(body.clocks).toMatchObject([{ metric: "first-response", state: "breached", waived: true }]);
    expect(body.facts.at(-1)).toMatchObject({ type: "ClockWaived", cycle: 1, reason: "The line was cut." });
    expect(await waive({ version: 3 })).toMatchObject({
      status: 409,
      body: { type: "urn:ithaca:problem:already-waived" },
    });
  });

  test.each([
    ["an agent may not", { as: "ana" as const }, 404],
    ["without a reason it is refused", { body: {} }, 400],
    ["with an empty one too", { body: { reason: "" } }, 400],
    ["of a cycle that was kept too", { body: { reason: "Why not", cycle: 2 } }, 409],
  ])("%s", async (_what, change, status) => {
    expect((await waive(change)).status).toBe(status);
    const { body } = await routes["read-case"]({ as: "ana", path: { number } });
    expect(body.clocks[0].waived).toBe(false);
  });
});

describe("when no promise was broken", () => {
  test("there is nothing to excuse", async () => {
    expect(await waive({ version: 1 })).toMatchObject({
      status: 409,
      body: { type: "urn:ithaca:problem:not-breached" },
    });
  });
});

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Fact, HOUR_MS, instant, system, wake } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { exportDesk, type Item, importDesk, openMemoryStore } from "@ithaca/store";
import { beforeEach, describe, expect, test } from "vitest";
import { openRequestDesk } from "../fixtures/request-desk.ts";
import { routesOf } from "../fixtures/routes-of.ts";

const RAISED = "Kim said that nobody there can export.";
const MOVED = "Kim is in Sydney.";
const EXCUSED = "Kim knew of the storm.";

let desk: Awaited<ReturnType<typeof openRequestDesk>>;
let routes: ReturnType<typeof routesOf>;
let number: string;

/** A case that was raised, handed over, broke its promise and was excused, each with a reason. */
beforeEach(async () => {
  desk = await openRequestDesk();
  routes = routesOf(desk);
  const message = { channel: "portal", channelMessageId: "1", subject: "Exports", text: "They stop." };
  number = (await routes["send-message"]({ as: "cleo", body: message })).body.number;
  await change("change-priority", { priority: "high", reason: RAISED });
  await change("change-team", { team: "au", reason: MOVED });
  desk.moveOn(72 * HOUR_MS);
  await desk.store.cases.change(`case_${number}`, (current, rulebook, now) =>
    wake(current, rulebook, now, system("wake-case")),
  );
  await change("waive-breach", { reason: EXCUSED });
});

async function change(route: "change-priority" | "change-team" | "waive-breach", body: object) {
  const { headers } = await read();
  const done = await routes[route]({
    as: "lena",
    path: { number, ...(route === "waive-breach" && { metric: "first-response" }) },
    headers: { "if-match": String(headers.etag) },
    body,
  });
  expect([200, 201]).toContain(done.status);
  expect(done.body.messageId).toBeUndefined();
}

const read = () => routes["read-case"]({ as: "ana", path: { number } });
const reasonsShown = async () =>
  (await read()).body.facts.flatMap(({ reason }: { reason?: string }) => (reason === undefined ? [] : [reason]));

async function facts(): Promise<Fact[]> {
  return (await desk.store.cases.facts(`case_${number}`, 0, 500)).flatMap((recorded) => recorded.facts);
}

/** Takes every item away that holds one of these words. */
async function erase(words: string): Promise<Item[]> {
  const erased: Item[] = [];
  for await (const item of desk.store.table.scan()) if (JSON.stringify(item).includes(words)) erased.push(item);
  expect(await desk.store.table.transact(erased.map(({ pk, sk }) => ({ remove: { pk, sk } })))).toEqual({ done: true });
  return erased;
}

describe("when people say why they do something", () => {
  test("the words are shown with the facts, and are no message of the case", async () => {
    expect(await reasonsShown()).toEqual([RAISED, MOVED, EXCUSED]);
    expect((await read()).body.messages.map(({ text }: { text: string }) => text)).toEqual(["They stop."]);
  });

  test("a customer is shown neither", async () => {
    const { body } = await routes["read-case"]({ as: "cleo", path: { number } });
    expect(JSON.stringify(body)).not.toContain("Kim");
  });

  test("the facts name them and hold no words", async () => {
    const told = (await facts()).filter((fact) => "reasonId" in fact);
    expect(told.map(({ type }) => type)).toEqual(["PriorityChanged", "CaseHandedOver", "ClockWaived"]);
    expect(JSON.stringify(await facts())).not.toContain("Kim");
  });

  test("they come along with an export", async () => {
    const directory = mkdtempSync(join(tmpdir(), "ithaca-reasons-"));
    await exportDesk(desk.store, { directory, exportedAt: desk.ports.clock() });
    const ports = { clock: desk.ports.clock, random: () => 0.5 };
    const other = openMemoryStore({ ...ports, shipped: shippedRules });
    await importDesk(other, { directory, now: desk.ports.clock() });
    const ids = (await facts()).flatMap((fact) => ("reasonId" in fact ? (fact.reasonId ?? []) : []));
    expect((await other.messages.read(ids)).map(({ text }) => text)).toEqual([RAISED, MOVED, EXCUSED]);
  });
});

describe("when the words are erased", () => {
  test("each is one item, no fact is touched, and the case is read, listed and explained as before", async () => {
    const before = await facts();
    expect((await erase("Kim")).map(({ noun }) => noun)).toEqual(["message", "message", "message"]);
    expect(await facts()).toEqual(before);
    expect(await reasonsShown()).toEqual([]);
    const { body } = await read();
    expect(body).toMatchObject({ priority: "high", team: "au", clocks: [{ waived: true }] });
    const listed = await routes["list-cases"]({ as: "lena", query: { view: "open" } });
    expect(JSON.stringify(listed.body)).toContain(number);
    const path = { number, metric: "first-response" };
    expect((await routes["explain-clock"]({ as: "ana", path })).status).toBe(200);
  });
});

describe("when older code wrote the words into the facts", () => {
  test("they are shown as ever", async () => {
    const at = desk.ports.clock();
    await desk.store.cases.change(`case_${number}`, (current) => [
      {
        type: "PriorityChanged",
        at: instant(Math.max(at, current.changedAt)),
        by: { kind: "agent", id: "prin_ana" },
        from: "high",
        to: "low",
        reason: "It can wait.",
      },
    ]);
    expect(await reasonsShown()).toEqual([RAISED, MOVED, EXCUSED, "It can wait."]);
  });
});

import {
  routes as definitions,
  EXAMPLE_MESSAGE_ID,
  EXAMPLE_NUMBER,
  EXAMPLE_OTHER_NUMBER,
  EXAMPLE_PREVIEW_ID,
  EXAMPLE_TASK_ID,
  EXAMPLES,
  type RouteId,
} from "@ithaca/contracts";
import { DAY_MS, RANDOM_NUMBERS, rangeBefore } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { goodRequests, MESSAGE } from "./fixtures/good-requests.ts";
import { openRequestDesk, type RequestDesk, type Response } from "./fixtures/request-desk.ts";
import { routesOf } from "./fixtures/routes-of.ts";
import { manifest as receiveMessageManifest } from "./intake/receive-message.manifest.ts";
import { receiveMessage } from "./intake/receive-message.ts";

/** Every example of the contracts, sent as it stands: what is documented works. */

const ALL = Object.keys(definitions) as RouteId[];

let desk: RequestDesk;
let routes: ReturnType<typeof routesOf>;

/** The examples are about cases of these numbers, so the desk draws them. */
async function openAs(number: string): Promise<void> {
  const drawn = (Number(number.slice(1, -1)) + 0.5) / RANDOM_NUMBERS;
  const send = desk.route(receiveMessageManifest, receiveMessage, { random: () => drawn });
  const { body } = await send({ as: "cleo", body: { ...MESSAGE, channelMessageId: number } });
  expect(body.number).toBe(number);
}

beforeEach(async () => {
  desk = await openRequestDesk();
  routes = routesOf(desk);
  await openAs(EXAMPLE_NUMBER);
  await openAs(EXAMPLE_OTHER_NUMBER);
});

/** What must have happened before an example is a good one. */
const BEFORE: Partial<Record<RouteId, () => Promise<unknown>>> = {
  "remove-participant": () => send("add-participant"),
  "unmerge-case": () => send("merge-case"),
  "unlink-case": () => send("link-case"),
  "split-case": () => {
    const late = desk.route(receiveMessageManifest, receiveMessage, { newId: () => EXAMPLE_MESSAGE_ID });
    return late({ as: "cleo", body: { ...MESSAGE, channelMessageId: "late", caseNumber: EXAMPLE_NUMBER } });
  },
  "read-preview": async () => {
    const range = rangeBefore(desk.ports.clock(), 90);
    const job = { id: EXAMPLE_PREVIEW_ID, requestedBy: "prin_mona", bodyHash: "", ...range, calendars: [] };
    await desk.store.previews.start(job);
  },
  "finish-task": async () => {
    await send("write-reply");
    const ending = { status: "abandoned", reason: "no-address" } as const;
    await desk.store.effects.end(`case_${EXAMPLE_NUMBER}`, EXAMPLE_TASK_ID, ending, desk.ports.clock());
  },
  "waive-breach": async () => {
    desk.moveOn(7 * DAY_MS);
    await send("write-reply");
  },
};

async function send(id: RouteId): Promise<Response> {
  const { params, query, body }: { params?: object | undefined; query?: object | undefined; body?: unknown } =
    EXAMPLES[id];
  const cases = { number: EXAMPLE_NUMBER, other: EXAMPLE_OTHER_NUMBER };
  const as = goodRequests(cases)[id]().as ?? "ana";
  const current = await desk.store.cases.read(`case_${EXAMPLE_NUMBER}`);
  return routes[id]({
    as,
    ...(params !== undefined && { path: params as Record<string, string> }),
    ...(query !== undefined && { query: query as Record<string, string> }),
    ...(body !== undefined && { body }),
    ...(definitions[id].changesCase && { headers: { "if-match": `"${current?.version}"` } }),
  });
}

describe("the example of", () => {
  test.each(ALL)("%s is answered well", async (id) => {
    await BEFORE[id]?.();
    const { status, body } = await send(id);
    expect([id, status, body?.detail, body?.errors]).toEqual([
      id,
      Number(Object.keys(definitions[id].responses).find((status) => status !== "200") ?? 200),
      undefined,
      undefined,
    ]);
  });
});

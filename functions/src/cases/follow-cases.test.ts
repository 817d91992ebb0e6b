import { LATELY_DAYS } from "@ithaca/contracts";
import { DAY_MS, HOUR_MS, SECOND_MS } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { openRequestDesk, type RequestDesk } from "../fixtures/request-desk.ts";
import { routesOf } from "../fixtures/routes-of.ts";
import { manifest as receiveMessageManifest } from "../intake/receive-message.manifest.ts";
import { receiveMessage } from "../intake/receive-message.ts";

let desk: RequestDesk;
let routes: ReturnType<typeof routesOf>;

beforeEach(async () => {
  desk = await openRequestDesk();
  routes = routesOf(desk);
});

const messageOf = (subject: string) => ({
  channel: "portal",
  channelMessageId: subject,
  subject,
  text: "Help!",
  requestedPriority: "medium",
});

async function open(as: "cleo" | "hugo", subject: string): Promise<string> {
  return (await routes["send-message"]({ as, body: messageOf(subject) })).body.number;
}

/** A message that comes while no rules can be read: its case has no team, and its triage is owed. */
async function openUntriaged(): Promise<string> {
  const send = desk.route(receiveMessageManifest, receiveMessage, {
    rulebooks: { ...desk.store.rulebooks, inForce: () => Promise.reject(new Error("the rules are away")) },
  });
  return (await send({ as: "cleo", body: messageOf("Lost") })).body.number;
}

async function numbers(query: Record<string, string>): Promise<string[]> {
  const { body } = await routes["list-cases"]({ as: "ana", query });
  return body.items.map(({ number }: { number: string }) => number).sort();
}

async function take(number: string): Promise<void> {
  const asked = { as: "ana", path: { number }, headers: { "if-match": '"1"' }, body: { assignee: "me" } } as const;
  expect((await routes["take-case"](asked)).status).toBe(200);
}

describe("when an agent looks at the views", () => {
  test("each shows its cases, and the whole desk shows those that no team has yet", async () => {
    const [mains, aus, lost] = [await open("cleo", "Toner"), await open("hugo", "Paper"), await openUntriaged()];
    await take(mains);

    expect(await numbers({})).toEqual([mains, aus, lost].sort());
    expect(await numbers({ view: "open", team: "main" })).toEqual([mains]);
    expect(await numbers({ view: "mine" })).toEqual([mains]);
    expect(await numbers({ view: "unassigned" })).toEqual([aus, lost].sort());
    expect(await numbers({ view: "at-risk" })).toEqual([]);
    expect(await numbers({ view: "waiting" })).toEqual([]);

    const path = { number: mains };
    await routes["resolve-case"]({ as: "ana", path, headers: { "if-match": '"2"' }, body: {} });
    expect(await numbers({ view: "mine" })).toEqual([]);
    expect(await numbers({ view: "resolved-lately" })).toEqual([mains]);
    expect(await numbers({ category: "done", team: "main" })).toEqual([mains]);
  });

  test("what was resolved is shown as resolved lately for two weeks, and then among all that is done", async () => {
    const number = await open("cleo", "Toner");
    await routes["resolve-case"]({ as: "ana", path: { number }, headers: { "if-match": '"1"' }, body: {} });
    desk.moveOn(LATELY_DAYS * DAY_MS);
    expect(await numbers({ view: "resolved-lately" })).toEqual([number]);
    desk.moveOn(1);
    expect(await numbers({ view: "resolved-lately" })).toEqual([]);
    expect(await numbers({ category: "done" })).toEqual([number]);
  });

  test.each([
    [{ view: "mine", team: "main" }, "query.team"],
    [{ view: "open", category: "done" }, "query.category"],
    [{ view: "all" }, "query.view"],
    [{ team: "-" }, "query.team"],
  ])("%o is refused by its field", async (query, path) => {
    const answer = await routes["list-cases"]({ as: "ana", query: query as Record<string, string> });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  });
});

describe("when an agent asks for the counts", () => {
  test("they are those of the views", async () => {
    const [mains] = [await open("cleo", "Toner"), await open("cleo", "Ink"), await openUntriaged()];
    await take(mains);
    const { body } = await routes["count-cases"]({ as: "ana" });
    expect(body.teams).toContainEqual({ team: "main", active: 2, atRisk: 0, unassigned: 1, waiting: 0, done: 0 });
    expect(body.untriaged).toMatchObject({ active: 1, unassigned: 1 });
    expect(body.mine).toEqual({ active: 1, waiting: 0 });
  });

  test("a customer is told nothing", async () => {
    expect((await routes["count-cases"]({ as: "cleo" })).status).toBe(404);
    expect((await routes["list-changes"]({ as: "cleo" })).status).toBe(404);
  });
});

describe("when an agent follows the desk", () => {
  test("what changes is told once, as it is then", async () => {
    await open("cleo", "Before");
    desk.moveOn(HOUR_MS);
    const { body: begin } = await routes["list-changes"]({ as: "ana" });
    expect(begin).toMatchObject({ items: [], more: false });

    const number = await open("cleo", "Toner");
    await take(number);
    expect((await routes["list-changes"]({ as: "ana", query: { after: begin.cursor } })).body.items).toEqual([]);
    desk.moveOn(3 * SECOND_MS);
    const { body: next } = await routes["list-changes"]({ as: "ana", query: { after: begin.cursor } });
    expect(next.items).toMatchObject([{ number, version: 2, assigneeId: "prin_ana", subject: "Toner" }]);
    expect((await routes["list-changes"]({ as: "ana", query: { after: next.cursor } })).body.items).toEqual([]);
  });

  test("a cursor that no answer gave is refused", async () => {
    const answer = await routes["list-changes"]({ as: "ana", query: { after: "x" } });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "query.after" }] } });
  });
});

import { caseIdOf } from "@ithaca/domain";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { MESSAGE } from "../fixtures/good-requests.ts";
import { openRequestDesk, type RequestDesk } from "../fixtures/request-desk.ts";
import { routesOf } from "../fixtures/routes-of.ts";

let desk: RequestDesk;
let routes: ReturnType<typeof routesOf>;

beforeEach(async () => {
  desk = await openRequestDesk();
  routes = routesOf(desk);
});

async function openedFor(assigneeId: string, channelMessageId: string): Promise<string> {
  const { number } = (await routes["send-message"]({ as: "cleo", body: { ...MESSAGE, channelMessageId } })).body;
  // As an agent would have taken it who is not in the directory any more.
  await desk.store.cases.change(caseIdOf(number), (_, __, at) => [
    { type: "CaseTaken", at, by: { kind: "agent", id: assigneeId }, assigneeId },
  ]);
  return number;
}

interface Shown {
  number: string;
  assigneeId: string;
  assignee?: object;
}

describe("when cases of several agents are listed", () => {
  test("each says whose it is by name and by id; of one who is known no more by id alone", async () => {
    const [anas, lenas, nobodys] = [
      await openedFor("prin_ana", "1"),
      await openedFor("prin_lena", "2"),
      await openedFor("prin_gone", "3"),
    ];
    const { body } = await routes["list-cases"]({ as: "ana" });
    const shown = new Map(
      body.items.map(({ number, assigneeId, assignee }: Shown) => [number, { assigneeId, assignee }]),
    );
    expect(shown.get(anas)).toEqual({ assigneeId: "prin_ana", assignee: { id: "prin_ana", name: "Ana" } });
    expect(shown.get(lenas)).toMatchObject({ assignee: { name: "Lena" } });
    expect(shown.get(nobodys)).toEqual({ assigneeId: "prin_gone", assignee: undefined });
  });

  test("each agent is looked up once for the list, however many cases they have", async () => {
    for (const at of ["1", "2", "3", "4"]) await openedFor("prin_ana", at);
    const read = vi.spyOn(desk.ports.directory, "principal");
    expect((await routes["list-cases"]({ as: "ana" })).body.items).toHaveLength(4);
    expect(read.mock.calls).toEqual([["prin_ana"]]);
  });
});

describe("when an agent reads a case", () => {
  test("whoever has to do with it is named: who has it, works on it, takes part, and did something", async () => {
    const path = { number: await openedFor("prin_ana", "1") };
    await routes["change-collaborators"]({
      as: "lena",
      path,
      headers: { "if-match": '"2"' },
      body: { collaborators: ["prin_mona"] },
    });
    const { body } = await routes["read-case"]({ as: "ana", path });
    expect(body.assignee).toEqual({ id: "prin_ana", name: "Ana" });
    expect(new Map(body.names.map(({ id, name }: { id: string; name: string }) => [id, name]))).toEqual(
      new Map([
        ["prin_ana", "Ana"],
        ["prin_mona", "Mona"],
        ["prin_lena", "Lena"],
        ["person_cleo", "cleo"],
      ]),
    );
  });

  test("a customer is named nobody", async () => {
    const path = { number: await openedFor("prin_ana", "1") };
    const { body } = await routes["read-case"]({ as: "cleo", path });
    expect([body.names, body.assignee]).toEqual([undefined, undefined]);
  });

  test("what a change answers names whose the case is now", async () => {
    const path = { number: await openedFor("prin_gone", "1") };
    const { body } = await routes["take-case"]({
      as: "ana",
      path,
      headers: { "if-match": '"2"' },
      body: { assignee: "me" },
    });
    expect(body.case.assignee).toEqual({ id: "prin_ana", name: "Ana" });
  });
});

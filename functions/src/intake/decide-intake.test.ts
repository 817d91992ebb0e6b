import { caseNumber, DAY_MS } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { openRequestDesk, type RequestDesk, type Route } from "../fixtures/request-desk.ts";
import { dmarc, mail, ticket } from "../fixtures/tickets.ts";
import { manifest } from "./receive-message.manifest.ts";
import { receiveMessage } from "./receive-message.ts";

/** Well-formed, and no case's: of an epoch that is not yet. */
const ABSENT = caseNumber(9, 0);

let desk: RequestDesk;
let send: Route;

beforeEach(async () => {
  desk = await openRequestDesk();
  send = desk.route(manifest, receiveMessage);
});

async function caseOf(number: string) {
  const found = await desk.store.cases.read(`case_${number}`);
  if (found === undefined) throw new Error(`no case ${number}`);
  return found;
}

describe("when a message names a case", () => {
  let number: string;

  beforeEach(async () => {
    number = (await send({ as: "cleo", body: ticket() })).body.number;
  });

  test.each([
    { who: "its requester", as: "cleo", body: () => ticket() },
    { who: "somebody of its account", as: "clive", body: () => ticket() },
    { who: "its requester by authenticated mail", as: "email", body: () => mail() },
    { who: "an agent for anybody", as: "ana", body: () => ticket({ from: { address: "hugo@example.com" } }) },
  ] as const)("$who joins it", async ({ as, body }) => {
    const answer = await send({ as, body: { ...body(), caseNumber: number } });
    expect(answer).toMatchObject({ status: 201, body: { number, joined: true, priority: "medium", team: "main" } });
    expect((await caseOf(number)).messageCount).toBe(2);
  });

  test.each([
    { who: "another account's customer", as: "hugo", body: () => ticket() },
    {
      who: "a mail that only says it is from the requester",
      as: "email",
      body: () => mail({ evidence: dmarc("fail") }),
    },
  ] as const)("$who opens a case of their own that is linked, and is not told", async ({ as, body }) => {
    const answer = await send({ as, body: { ...body(), caseNumber: number } });

    expect(answer.status).toBe(201);
    expect(answer.body.joined).toBe(false);
    expect(JSON.stringify(answer.body)).not.toContain(number);
    expect((await caseOf(answer.body.number)).links).toEqual([{ kind: "possibly-about", target: `case_${number}` }]);
    expect((await caseOf(number)).messageCount).toBe(1);
  });

  test("a number that is nobody's is answered like one that is somebody else's", async () => {
    const foreign = await send({ as: "hugo", body: ticket({ caseNumber: number }) });
    const absent = await send({ as: "hugo", body: ticket({ caseNumber: ABSENT }) });
    expect(absent.status).toBe(foreign.status);
    expect(Object.keys(absent.body).sort()).toEqual(Object.keys(foreign.body).sort());
  });

  test("it reopens a resolved case within 14 days, and opens one that follows it later", async () => {
    const system = { kind: "system", id: "test" } as const;
    await desk.store.cases.change(`case_${number}`, (_, __, at) => [
      { type: "CaseResolved", at, by: system, withWords: false },
    ]);
    desk.moveOn(14 * DAY_MS);
    expect((await send({ as: "cleo", body: ticket({ caseNumber: number }) })).body).toMatchObject({
      number,
      joined: true,
    });
    expect((await caseOf(number)).status).toBe("open");

    await desk.store.cases.change(`case_${number}`, (_, __, at) => [
      { type: "CaseResolved", at, by: system, withWords: false },
    ]);
    desk.moveOn(14 * DAY_MS + 1);
    const late = await send({ as: "cleo", body: ticket({ caseNumber: number }) });
    expect(late.body.joined).toBe(false);
    expect((await caseOf(late.body.number)).links).toEqual([{ kind: "follows", target: `case_${number}` }]);
  });

  test("a case that changes meanwhile is read again", async () => {
    let reads = 0;
    const { cases } = desk.store;
    const racing = desk.route(manifest, receiveMessage, {
      cases: {
        ...cases,
        lookUp: async (keys) => {
          const found = await cases.lookUp(keys);
          reads += 1;
          if (reads === 1) await send({ as: "clive", body: ticket({ caseNumber: number }) });
          return found;
        },
      },
    });
    expect(await racing({ as: "cleo", body: ticket({ caseNumber: number }) })).toMatchObject({ status: 201 });
    expect(reads).toBe(2);
    expect((await caseOf(number)).messageCount).toBe(3);
  });
});

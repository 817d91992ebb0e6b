import { plus } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { sendMail } from "../email/send-mail.ts";
import { MESSAGE } from "../fixtures/good-requests.ts";
import { type Caller, openRequestDesk, type RequestDesk } from "../fixtures/request-desk.ts";
import { routesOf } from "../fixtures/routes-of.ts";
import { finishTask } from "./keep-tasks.ts";

let desk: RequestDesk;
let routes: ReturnType<typeof routesOf>;
let number: string;
let id: string;

beforeEach(async () => {
  desk = await openRequestDesk();
  routes = routesOf(desk);
  ({ number } = (await routes["send-message"]({ as: "cleo", body: MESSAGE })).body);
  id = `case_${number}.2.0`;
  await routes["write-reply"]({
    as: "ana",
    path: { number },
    headers: { "if-match": '"1"' },
    body: { text: "Try again." },
  });
});

const tasksOf = async (as: Caller, query: Record<string, string> = {}) =>
  (await routes["list-tasks"]({ as, query })).body.items;
const finish = (as: Caller, task = id) => routes["finish-task"]({ as, path: { id: task } });

/** Carries out what a case owes by mail, as send-mail does. */
async function sendAll(mailFrom = "Support <support@desk.example>"): Promise<string[]> {
  const sent: string[] = [];
  const mail = {
    send: async ({ to }: { to: string }) => {
      sent.push(to);
      return "ses-1";
    },
  };
  const settings = { MAIL_FROM: mailFrom, DESK_URL: "" };
  for (const { id: effectId, caseId, owed } of await desk.store.effects.ofCase(`case_${number}`, 500)) {
    if (owed.kind === "mail") await sendMail({ caseId, effectId }, { ...desk.ports, mail, settings });
  }
  return sent;
}

describe("when the mail of an agent's reply is abandoned", () => {
  /** Cleo has no address any more when the mail is sent. */
  async function loseAddress(): Promise<void> {
    const person = await desk.store.directory.person("person_cleo");
    if (person === undefined) throw new Error("Cleo is enrolled");
    await desk.store.directory.putPerson({ ...person, addresses: [] });
    desk.moveOn(1_000);
    expect(await sendAll()).toEqual([]);
  }

  test("it is on their list and on nobody else's, with the case, the reply, and why; the fact stays", async () => {
    expect(await tasksOf("ana")).toEqual([]);
    await loseAddress();
    expect(await tasksOf("ana")).toEqual([
      {
        id,
        number,
        messageId: expect.stringMatching(/^msg_/),
        personId: "person_cleo",
        agentId: "prin_ana",
        abandonedAt: "2026-11-18T15:00:01.000Z",
        reason: "no-address",
      },
    ]);
    expect(await tasksOf("olof")).toEqual([]);
    const { body } = await routes["read-case"]({ as: "ana", path: { number } });
    expect(body.facts.map(({ type }: { type: string }) => type)).toContain("ReplyWritten");
    expect([body.version, body.clocks[0].state]).toEqual([2, "met"]);
  });

  test("a lead sees it by the agent's name, another agent does not", async () => {
    await loseAddress();
    expect(await tasksOf("lena", { agent: "prin_ana" })).toMatchObject([{ id }]);
    expect((await routes["list-tasks"]({ as: "olof", query: { agent: "prin_ana" } })).status).toBe(404);
  });

  test("done by its agent it is off the list, and who and when are kept, however often it is asked", async () => {
    await loseAddress();
    const at = desk.moveOn(1_000);
    const first = await finish("ana");
    expect(first).toMatchObject({
      status: 200,
      body: { id, done: { at: "2026-11-18T15:00:02.000Z", by: "prin_ana" } },
    });
    expect(await tasksOf("ana")).toEqual([]);
    expect(desk.moveOn(1_000)).toBe(plus(at, 1_000));
    expect((await finish("mona")).body).toEqual(first.body);
  });

  test("a manager does it for whoever is away", async () => {
    await loseAddress();
    expect((await finish("mona")).body.done.by).toBe("prin_mona");
  });

  test.each<[string, Caller, (of: string) => string]>([
    ["another agent's", "olof", (of) => of],
    ["an agent's, for a lead,", "lena", (of) => of],
    ["one that is not there", "ana", (of) => of.replace(/\.0$/, ".9")],
    ["an effect that is no task", "ana", (of) => of.replace(".2.0", ".1.0")],
    ["anybody's, for a customer,", "cleo", (of) => of],
  ])("%s cannot be told from none, and stays as it is", async (_what, as, named) => {
    await loseAddress();
    const before = await desk.everything();
    const none = await finish("hugo", "case_100000009.2.0");
    const { status, body } = await finish(as, named(id));
    expect([status, { ...body, requestId: "" }]).toEqual([404, { ...none.body, requestId: "" }]);
    expect(await desk.everything()).toBe(before);
  });

  /** Finishes it while so many writes of it meet somebody else's. */
  async function finishMeeting(others: number) {
    const { effects } = desk.store;
    let tries = 0;
    const endTask: typeof effects.endTask = async (...given) => {
      tries += 1;
      return tries > others && (await effects.endTask(...given));
    };
    const asked = { principal: { id: "prin_ana" }, params: { id }, may: () => true };
    return finishTask(asked as unknown as Parameters<typeof finishTask>[0], {
      effects: { ...effects, endTask },
      clock: desk.ports.clock,
    });
  }

  test("somebody else who writes it just then is in nobody's way", async () => {
    await loseAddress();
    expect(await finishMeeting(1)).toMatchObject({ status: 200, body: { done: { by: "prin_ana" } } });
    expect(await tasksOf("ana")).toEqual([]);
  });

  test("when others write it all the time, that is a fault, and it stays on the list", async () => {
    await loseAddress();
    await expect(finishMeeting(100)).rejects.toThrow("5 times in a row");
    expect(await tasksOf("ana")).toHaveLength(1);
  });

  test("it is one when mail is off, too", async () => {
    await sendAll("");
    expect(await tasksOf("ana")).toMatchObject([{ reason: "mail-off" }]);
  });
});

describe("when the mail of a reply goes out", () => {
  test("it is nobody's task", async () => {
    expect(await sendAll()).toContain("cleo@example.com");
    expect(await tasksOf("ana")).toEqual([]);
    expect((await finish("ana")).status).toBe(404);
  });
});

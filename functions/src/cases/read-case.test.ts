import { caseIdOf, caseNumber, DAY_MS, HOUR_MS } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { openRequestDesk, type RequestDesk } from "../fixtures/request-desk.ts";
import { routesOf } from "../fixtures/routes-of.ts";

/** Well-formed, and no case's: of an epoch that is not yet. */
const ABSENT = caseNumber(9, 0);

let desk: RequestDesk;
let routes: ReturnType<typeof routesOf>;
let path: { number: string };

beforeEach(async () => {
  desk = await openRequestDesk();
  routes = routesOf(desk);
  path = { number: await open("cleo", "Printer") };
});

async function open(as: "cleo" | "hugo", subject: string, different: object = {}): Promise<string> {
  const message = { channel: "portal", channelMessageId: subject, subject, text: `${subject}?`, ...different };
  return (await routes["send-message"]({ as, body: message })).body.number;
}

async function write(route: "write-reply" | "write-note", text: string): Promise<void> {
  const { headers } = await routes["read-case"]({ as: "ana", path });
  const answer = await routes[route]({
    as: "ana",
    path,
    headers: { "if-match": String(headers.etag) },
    body: { text },
  });
  expect(answer.status).toBe(201);
}

describe("when an agent reads a case", () => {
  test("they see messages, notes, facts, effects and the clock with its time left", async () => {
    desk.moveOn(3 * HOUR_MS);
    await write("write-note", "Looks odd.");
    const { status, headers, body } = await routes["read-case"]({ as: "ana", path });

    expect(status).toBe(200);
    expect(headers.etag).toBe('"2"');
    expect(body).toMatchObject({
      number: path.number,
      subject: "Printer",
      requester: { id: "person_cleo", name: "cleo" },
      accountId: "acct_lakeside",
      clocks: [
        {
          metric: "first-response",
          state: "running",
          dueAt: "2026-11-19T15:00:00.000Z",
          // 12 open hours promised, 3 of them gone.
          msLeft: 9 * HOUR_MS,
        },
      ],
    });
    expect(body.messages.map(({ text }: { text: string }) => text)).toEqual(["Printer?", "Looks odd."]);
    expect(body.facts.map(({ type }: { type: string }) => type)).toContain("NoteWritten");
    expect(body.facts[0]).toMatchObject({ type: "CaseOpened", version: 1, index: 0, at: "2026-11-18T15:00:00.000Z" });
    expect(body.effects.map(({ owed }: { owed: { kind: string } }) => owed.kind)).toEqual(["mail", "timer"]);
  });

  test("a breached clock shows how long ago", async () => {
    desk.moveOn(DAY_MS + HOUR_MS);
    await write("write-reply", "Sorry.");
    const { body } = await routes["read-case"]({ as: "ana", path });
    expect(body.clocks).toMatchObject([{ state: "missed", breachedAt: "2026-11-19T15:00:00.000Z" }]);
    expect(body.clocks[0].msLeft).toBeUndefined();
  });
});

describe("when a customer reads a case", () => {
  test("they see what was said to them, and nothing that is among agents", async () => {
    await write("write-note", "A difficult one.");
    await write("write-reply", "Hello Cleo.");
    await desk.store.cases.change(`case_${path.number}`, (_, __, at) => [
      { type: "CaseLinked", at, by: { kind: "system", id: "test" }, link: "possibly-about", caseId: caseIdOf(ABSENT) },
    ]);
    const { status, body } = await routes["read-case"]({ as: "clive", path });

    expect(status).toBe(200);
    expect(body.messages.map(({ text }: { text: string }) => text)).toEqual(["Printer?", "Hello Cleo."]);
    expect(body.facts).toBeUndefined();
    expect(body.effects).toBeUndefined();
    expect(body.links).toEqual([]);
    expect(JSON.stringify(body)).not.toContain("difficult");
  });

  test("of a status of the desk's own they see the one that it is like; agents see both, in lists too", async () => {
    await desk.store.cases.change(`case_${path.number}`, ({ status: from }, _, at) => [
      {
        type: "StatusChanged",
        at,
        by: { kind: "system", id: "test" },
        from,
        to: "waiting-on-fix",
        ownStatus: "suspects-fraud",
      },
    ]);
    const shown = async (as: "ana" | "cleo") => (await routes["read-case"]({ as, path })).body;
    expect(await shown("ana")).toMatchObject({ status: "waiting-on-fix", ownStatus: "suspects-fraud" });
    expect((await shown("cleo")).status).toBe("waiting-on-fix");
    expect(JSON.stringify(await shown("cleo"))).not.toContain("fraud");
    const listed = await routes["list-cases"]({ as: "ana", query: { team: "main", view: "waiting" } });
    expect(listed.body.items).toMatchObject([{ ownStatus: "suspects-fraud" }]);
  });

  test("another account's case is answered exactly like one that is not there", async () => {
    const foreign = await routes["read-case"]({ as: "hugo", path });
    const absent = await routes["read-case"]({ as: "hugo", path: { number: ABSENT } });
    expect(foreign.status).toBe(404);
    expect(foreign).toEqual(absent);
  });
});

describe("when an agent lists cases", () => {
  test("those of a team come by due, page by page", async () => {
    await open("cleo", "Toner", { requestedPriority: "high" });
    await open("cleo", "Paper", { requestedPriority: "low" });
    await open("hugo", "Kangaroo");

    const first = await routes["list-cases"]({ as: "ana", query: { team: "main", limit: "2" } });
    expect(first.body.items.map(({ subject }: { subject: string }) => subject)).toEqual(["Toner", "Printer"]);
    const { cursor } = first.body;
    const second = await routes["list-cases"]({ as: "ana", query: { team: "main", limit: "2", cursor } });
    expect(second.body.items.map(({ subject }: { subject: string }) => subject)).toEqual(["Paper"]);
    expect(second.body.cursor).toBeUndefined();
  });

  test("a case is at risk from its first warning until it is answered", async () => {
    const atRisk = async () =>
      (await routes["list-cases"]({ as: "ana", query: { team: "main" } })).body.items[0]?.atRisk;
    expect(await atRisk()).toBe(false);

    await desk.store.cases.change(`case_${path.number}`, (current, _, at) =>
      current.clocks.map(({ metric, number, dueAt }) => ({
        type: "ClockWarned" as const,
        at,
        by: { kind: "system" as const, id: "test" },
        metric,
        cycle: number,
        percent: 75,
        dueAt,
      })),
    );
    expect(await atRisk()).toBe(true);
    await write("write-reply", "Here I am.");
    expect(await atRisk()).toBe(false);
  });
});

describe("when the long text of a message is gone from the content bucket", () => {
  test("the case is shown all the same, with that message marked, and it is counted", async () => {
    await write("write-note", "x".repeat(9_000));
    await write("write-note", "Short.");
    desk.store.bodies.get = async () => undefined;
    const lines: unknown[] = [];
    Object.assign(desk.ports, { count: (...counted: unknown[]) => lines.push(counted) });
    routes = routesOf(desk);

    const { status, body } = await routes["read-case"]({ as: "ana", path });
    expect(status).toBe(200);
    const told = body.messages.map(({ text, textMissing }: Record<string, unknown>) => [text, textMissing]);
    expect(told).toEqual([
      ["Printer?", undefined],
      ["The text of this message is missing.", true],
      ["Short.", undefined],
    ]);
    expect(lines).toEqual([["texts-missing", 1]]);
  });
});

describe("when an agent asks why a case is due when it is", () => {
  test("the rule, the spans and the sum are told", async () => {
    const { status, body } = await routes["explain-clock"]({ as: "ana", path: { ...path, metric: "first-response" } });

    expect(status).toBe(200);
    expect(body).toMatchObject({
      metric: "first-response",
      cycle: 1,
      state: "running",
      dueAt: "2026-11-19T15:00:00.000Z",
      openMs: 12 * HOUR_MS,
      segments: [{ team: "main", calendar: { id: "main-hours", version: 1 } }],
    });
    const counted = body.spans.filter(({ kind }: { kind: string }) => kind === "counted");
    const sum = counted.reduce((total: number, { lengthMs }: { lengthMs: number }) => total + lengthMs, 0);
    expect(sum).toBe(body.openMs);
    expect(body.text.join("\n")).toContain("Thu 2026-11-19 10:00");
  });

  test("the same is drawn", async () => {
    const picture = await routes["draw-clock"]({ as: "ana", path: { ...path, metric: "first-response" } });
    expect(picture).toMatchObject({ status: 200, headers: { "content-type": "image/svg+xml" } });
    expect(picture.body).toContain("rule medium-response (America/New_York)</title>");
    expect(picture.body).toContain("due Thu 10:00");
  });

  test("a metric that nothing is promised for has no clock", async () => {
    const answer = await routes["explain-clock"]({ as: "ana", path: { ...path, metric: "resolution" } });
    expect(answer).toMatchObject({ status: 409, body: { type: "urn:ithaca:problem:no-clock" } });
  });
});

describe("when somebody asks who they are", () => {
  test.each([
    ["cleo", { kind: "customer", id: "prin_cleo", personId: "person_cleo" }],
    ["ana", { kind: "agent", id: "prin_ana", role: "agent", teams: ["main"] }],
    ["portal", { kind: "channel", id: "prin_portal-machine", channels: ["portal"] }],
  ] as const)("%s is told", async (as, principal) => {
    expect(await routes["read-self"]({ as })).toMatchObject({ status: 200, body: principal });
  });
});

describe("when more was written on a case than one answer can hold", () => {
  /** What Lambda takes as an answer; the body is a JSON string in it, so that each quotation mark costs four bytes. */
  const LAMBDA_ANSWER_MAX_BYTES = 6 * 1024 * 1024;

  test("the newest of it is shown, with the subject of the first", async () => {
    for (let note = 1; note <= 30; note += 1) {
      const body = { text: `${note}${'"'.repeat(99_000)}` };
      await routes["write-note"]({ as: "ana", path, headers: { "if-match": `"${note}"` }, body });
    }
    const { status, body } = await routes["read-case"]({ as: "ana", path });
    expect([status, body.subject]).toEqual([200, "Printer"]);
    expect(Buffer.byteLength(JSON.stringify(JSON.stringify(body)))).toBeLessThan(LAMBDA_ANSWER_MAX_BYTES);
    const shown = body.messages.map(({ text }: { text: string }) => Number.parseInt(text, 10));
    expect(shown.at(-1)).toBe(30);
    expect(shown).toEqual(shown.toSorted((a: number, b: number) => a - b));
    expect(shown.length).toBeGreaterThan(5);
  });
});

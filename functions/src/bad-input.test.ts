import { routes as definitions, type RouteId } from "@ithaca/contracts";
import { caseNumber, SUBJECT_MAX_LENGTH, TEXT_MAX_LENGTH } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { earlierRequests, goodRequests, MESSAGE } from "./fixtures/good-requests.ts";
import {
  machine,
  openRequestDesk,
  type Request,
  type RequestDesk,
  type Response,
  user,
} from "./fixtures/request-desk.ts";
import { routesOf } from "./fixtures/routes-of.ts";
import { BODY_MAX_BYTES } from "./runtime/read-body.ts";

let desk: RequestDesk;
let routes: ReturnType<typeof routesOf>;
let number: string;
let other: string;
let before: string;

beforeEach(async () => {
  desk = await openRequestDesk();
  routes = routesOf(desk);
  const opened = await routes["send-message"]({ as: "cleo", body: MESSAGE });
  number = opened.body.number;
  other = (await routes["send-message"]({ as: "cleo", body: { ...MESSAGE, channelMessageId: "-1" } })).body.number;
  before = await desk.everything();
});

const ABSENT = caseNumber(9, 0);

/** A good request to a route, about the cases of a test. */
const goodRequest = (id: RouteId): Request => goodRequests({ number, other })[id]();
const earlier = (id: RouteId) => earlierRequests(routes, { number, other })[id];

const ALL = Object.keys(definitions) as RouteId[];
const CHANGES = ALL.filter((id) => definitions[id].changesCase);
const ON_A_CASE = ALL.filter((id) => definitions[id].path.includes("{number}"));
const FOR_AGENTS = ALL.filter(
  (id) => !["send-message", "read-case", "read-self"].includes(id) && definitions[id].action !== "calendar.reckon",
);
const WITH_BODY = ALL.filter((id) => "body" in definitions[id]);

/** Asserts a problem, and that nothing was written. */
async function expectNo(response: Response, status: number, code: string, ...paths: string[]): Promise<void> {
  expect(response).toMatchObject({
    status,
    body: { status, type: `urn:ithaca:problem:${code}`, requestId: "request-1" },
  });
  expect(response.headers["content-type"]).toBe("application/problem+json");
  if (paths.length > 0) expect(response.body.errors.map(({ path }: { path: string }) => path)).toEqual(paths);
  expect(await desk.everything()).toBe(before);
}

test("the requests that the tables below spoil are good ones", async () => {
  expect(CHANGES).toHaveLength(19);
  for (const id of ALL) {
    desk = await openRequestDesk();
    routes = routesOf(desk);
    number = (await routes["send-message"]({ as: "cleo", body: MESSAGE })).body.number;
    other = (await routes["send-message"]({ as: "cleo", body: { ...MESSAGE, channelMessageId: "-1" } })).body.number;
    await earlier(id)?.();
    const good = goodRequest(id);
    const changed = earlier(id) !== undefined && { headers: { "if-match": '"2"' } };
    const { status } = await routes[id]({ ...good, ...changed });
    // A waiver is good but for the promise, which nobody broke.
    const well = Number(Object.keys(definitions[id].responses).find((status) => status !== "200") ?? 200);
    expect([id, status]).toEqual([id, id === "waive-breach" ? 409 : well]);
  }
});

describe.each(ALL)("when the token for %s", (id) => {
  test.each([
    ["is missing", undefined],
    ["is an identity token", { ...user("sub-ana"), token_use: "id" }],
    ["says no use", { sub: "sub-ana", client_id: "client-people", username: "ana" }],
    ["belongs to nobody here", user("sub-stranger")],
    ["is a machine's without the scope", machine("client-portal", "ithaca/other")],
    ["is a machine's whose client was bound to a person", machine("sub-ana")],
    ["is a person's whose subject was bound to a channel", user("client-portal")],
  ])("%s, the answer is 401", async (_what, claims) => {
    const { as: _, ...request } = goodRequest(id);
    const response = await routes[id]({ ...request, ...(claims !== undefined && { claims }) });
    await expectNo(response, 401, "not-signed-in");
    expect(response.headers["www-authenticate"]).toBe("Bearer");
  });
});

describe.each(FOR_AGENTS)("when %s is asked for by somebody who is no agent", (id) => {
  test.each(["cleo", "hugo", "portal"] as const)("%s learns nothing", async (as) => {
    await expectNo(await routes[id]({ ...goodRequest(id), as }), 404, "not-there");
  });
});

describe.each(ON_A_CASE)("when %s names a case", (id) => {
  test.each(["ana", "cleo", "hugo", "portal"] as const)("that is not there, %s gets 404", async (as) => {
    const good = goodRequest(id);
    await expectNo(await routes[id]({ ...good, as, path: { ...good.path, number: ABSENT } }), 404, "not-there");
  });

  test("of another account, the answer is the same as for none", async () => {
    const good = goodRequest(id);
    const foreign = await routes[id]({ ...good, as: "hugo" });
    const absent = await routes[id]({ ...good, as: "hugo", path: { ...good.path, number: ABSENT } });
    expect(foreign).toEqual(absent);
  });

  test.each(["12", "abc", "1234567890123", `${"1".repeat(8)}0`])(
    "by %s, which is no number, the path is named",
    async (wrong) => {
      const good = goodRequest(id);
      const response = await routes[id]({ ...good, path: { ...good.path, number: wrong } });
      await expectNo(
        response,
        400,
        "invalid-request",
        ...new Array(response.body.errors?.length ?? 1).fill("path.number"),
      );
    },
  );
});

describe.each(CHANGES)("when %s comes", (id) => {
  test("without If-Match, the version is asked for", async () => {
    await expectNo(await routes[id]({ ...goodRequest(id), headers: {} }), 428, "version-needed");
  });

  test.each(["1", '"0"', '"a"', '"1", "2"', "*", 'W/"1"'])("with If-Match: %s, the header is named", async (tag) => {
    const response = await routes[id]({ ...goodRequest(id), headers: { "if-match": tag } });
    await expectNo(response, 400, "invalid-request", "headers.if-match");
  });

  test("with a version that is not the case's, it is stale", async () => {
    const response = await routes[id]({ ...goodRequest(id), headers: { "if-match": '"7"' } });
    await expectNo(response, 412, "stale");
    expect(response.body).toMatchObject({ currentVersion: 1 });
  });
});

describe.each(WITH_BODY)("when the body of %s", (id) => {
  test.each([
    ["is no JSON", "{ text: "],
    ["is a list", "[]"],
    ["is null", "null"],
    ["is a string", '"text"'],
  ])("%s, that is said", async (_, rawBody) => {
    const { body: _body, ...good } = goodRequest(id);
    await expectNo(await routes[id]({ ...good, rawBody }), 400, "invalid-json");
  });

  test("is larger than the limit, it is refused before it is read", async () => {
    const { body: _body, ...good } = goodRequest(id);
    const rawBody = `{"text":"${"x".repeat(BODY_MAX_BYTES)}"}`;
    await expectNo(await routes[id]({ ...good, rawBody }), 413, "too-large");
  });

  test("has a field that is not known, it is named", async () => {
    const good = goodRequest(id);
    const response = await routes[id]({ ...good, body: { ...(good.body as object), colour: "red" } });
    await expectNo(response, 400, "invalid-request", "colour");
  });
});

describe("when a route takes an Idempotency-Key", () => {
  test.each(
    ["send-message", ...CHANGES].flatMap(
      (id) =>
        [
          [id as RouteId, "empty", ""],
          [id as RouteId, "too long", "k".repeat(201)],
          [id as RouteId, "not ASCII", "schlüssel"],
        ] as const,
    ),
  )("%s names the header when the key is %s", async (id, _, key) => {
    const good = goodRequest(id);
    const response = await routes[id]({ ...good, headers: { ...good.headers, "idempotency-key": key } });
    expect(response.body.errors[0].path).toBe("headers.idempotency-key");
    await expectNo(response, 400, "invalid-request");
  });
});

describe("when words are not what they should be", () => {
  test.each(
    (["write-reply", "write-note", "resolve-case"] as const).flatMap(
      (id) =>
        [
          [id, "empty", ""],
          [id, "blank", " \n "],
          [id, "too long", "x".repeat(TEXT_MAX_LENGTH + 1)],
          [id, "a number", 7],
          [id, "null", null],
          [id, "with a NUL", "a\u0000b"],
        ] as const,
    ),
  )("%s names the text that is %s", async (id, _, text) => {
    const response = await routes[id]({ ...goodRequest(id), body: { text } });
    expect(response.body.errors[0].path).toBe("text");
    await expectNo(response, 400, "invalid-request");
  });

  test.each(["write-reply", "write-note"] as const)("%s needs some", async (id) => {
    await expectNo(await routes[id]({ ...goodRequest(id), body: {} }), 400, "invalid-request", "text");
  });

  test.each([
    ["take-case", { assignee: "Ana" }, "assignee"],
    ["change-team", { team: "Main!" }, "team"],
    ["change-status", { status: "resolved" }, "status"],
    ["change-status", { status: "waiting-until" }, "until"],
    ["change-status", { status: "open", until: "2030-01-01T00:00:00Z" }, "until"],
    ["change-tags", { tags: ["a\nb"] }, "tags.0"],
    ["change-tags", { tags: Array.from({ length: 21 }, (_, at) => `tag ${at}`) }, "tags"],
    ["change-fields", { fields: { Shop: "x" } }, "fields.Shop"],
    ["change-fields", { fields: { shop: null } }, "fields.shop"],
    ["change-marks", { marks: ["boring"] }, "marks.0"],
    ["change-collaborators", { collaborators: ["ana"] }, "collaborators.0"],
    ["add-participant", {}, "personId"],
    ["add-participant", { personId: "person_clive", address: "clive@example.com" }, "address"],
    ["add-participant", { personId: "person_clive", part: "requester" }, "part"],
    ["split-case", { messageId: "3" }, "messageId"],
    ["take-case", {}, "assignee"],
    ["change-priority", {}, "priority"],
    ["change-priority", { priority: "HIGH!" }, "priority"],
    ["change-priority", { priority: "high", reason: "two\nlines" }, "reason"],
  ] as const)("%s with %j names the field", async (id, body, path) => {
    await expectNo(await routes[id]({ ...goodRequest(id), body }), 400, "invalid-request", path);
  });
});

describe("when a message is not what it should be", () => {
  const whole = { ...MESSAGE, channelMessageId: "1" };

  test.each([
    ["no channel", { channel: undefined }, "channel"],
    ["a channel of no desk", { channel: "carrier-pigeon" }, "channel"],
    ["a channel that is no code", { channel: "Portal!" }, "channel"],
    ["no id", { channelMessageId: undefined }, "channelMessageId"],
    ["an id too long", { channelMessageId: "x".repeat(999) }, "channelMessageId"],
    ["no text", { text: undefined }, "text"],
    ["a text too long", { text: "x".repeat(TEXT_MAX_LENGTH + 1) }, "text"],
    ["a text that is a list", { text: ["a"] }, "text"],
    ["a subject too long", { subject: "x".repeat(SUBJECT_MAX_LENGTH + 1) }, "subject"],
    ["a subject of two lines", { subject: "a\r\nBcc: b@example.com" }, "subject"],
    ["a mistyped number", { caseNumber: "123456789" }, "caseNumber"],
    ["a language that is none", { language: "?" }, "language"],
    [
      "a verdict that is none",
      { evidence: { authentication: { spf: "maybe", dkim: "pass", dmarc: "pass" } } },
      "evidence.authentication.spf",
    ],
    [
      "an attachment without a name",
      { attachments: [{ id: "file_1", contentType: "text/plain", sizeBytes: 1 }] },
      "attachments.0.name",
    ],
    [
      "a customer's attachment, by whatever id",
      { attachments: [{ id: "file_1", name: "a.txt", contentType: "text/plain", sizeBytes: 1 }] },
      "attachments",
    ],
    ["a customer's sender", { from: { address: "hugo@example.com" } }, "from"],
  ])("%s is named", async (_, different, path) => {
    const response = await routes["send-message"]({ as: "cleo", body: { ...whole, ...different } });
    expect(response.body.errors?.[0].path).toBe(path);
    await expectNo(response, 400, "invalid-request");
  });

  test.each([
    ["no sender", undefined, "from"],
    ["a sender without an address", {}, "from.address"],
    ["an address that is none", { address: "jo@" }, "from.address"],
    ["two addresses", { address: "jo@example.com,al@example.com" }, "from.address"],
    ["a name of two lines", { address: "jo@example.com", name: "Jo\nAl" }, "from.name"],
    ["an unknown field of the sender", { address: "jo@example.com", phone: "1" }, "from.phone"],
  ])("a channel's %s is named", async (_, from, path) => {
    const response = await routes["send-message"]({ as: "portal", body: { ...whole, from } });
    expect(response.body.errors?.[0].path).toBe(path);
    await expectNo(response, 400, "invalid-request");
  });

  test("a channel may write only for what it is configured for", async () => {
    const body = { ...whole, channel: "portal", from: { address: "cleo@example.com" } };
    await expectNo(await routes["send-message"]({ as: "email", body }), 404, "not-there");
  });

  test("a customer may write only on channels that they sign in to", async () => {
    await expectNo(
      await routes["send-message"]({ as: "cleo", body: { ...whole, channel: "email" } }),
      404,
      "not-there",
    );
  });
});

describe("when a list is not asked for as it should be", () => {
  test.each([
    ["a view that is none", { view: "everything" }, "query.view"],
    ["a team that is none", { team: "Main!" }, "query.team"],
    ["a team of no desk", { team: "night" }, "query.team"],
    ["a category that is none", { team: "main", category: "all" }, "query.category"],
    ["no cases at all", { team: "main", limit: "0" }, "query.limit"],
    ["too many cases", { team: "main", limit: "101" }, "query.limit"],
    ["so many cases as is no number", { team: "main", limit: "ten" }, "query.limit"],
    ["a cursor that no list gave", { team: "main", cursor: "!!" }, "query.cursor"],
    ["a parameter that is not known", { team: "main", order: "due" }, "query.order"],
  ])("%s is named", async (_, query: Record<string, string>, path) => {
    await expectNo(await routes["list-cases"]({ as: "ana", query }), 400, "invalid-request", path);
  });

  test("a metric that is none is named", async () => {
    const response = await routes["explain-clock"]({ as: "ana", path: { number, metric: "speed" } });
    await expectNo(response, 400, "invalid-request", "path.metric");
  });
});

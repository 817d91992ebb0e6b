import { routes as definitions, type RouteId } from "@ithaca/contracts";
import { caseNumber, MINUTE_MS, SUBJECT_MAX_LENGTH, TEXT_MAX_LENGTH } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { fieldsOf } from "./fixtures/fields-of-routes.ts";
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

/**
 * What can be wrong with a request, and where every route of the contracts is shown to withstand it; the next route is in
 * all of these by itself. The handlers are asked as API Gateway asks them; what the gateway itself answers is in the
 * journey of the same name.
 *
 * | wrong                                    | shown by                                                              |
 * | ---------------------------------------- | --------------------------------------------------------------------- |
 * | any field, at any depth; lists for words | field-fuzz.test.ts                                                    |
 * | another account's id, in every position  | foreign-ids.test.ts; whose case it is: access-matrix.test.ts          |
 * | a cursor that was altered                | here                                                                  |
 * | If-Match missing, wrong, stale           | here                                                                  |
 * | no token, another's, a wrong one         | here; signatures: the journey                                         |
 * | a method or a path that is not there     | test/infra/api.test.ts (no other is deployed), the journey            |
 * | a body that is no object, nested, huge   | here; 7 MB through the gateway: the journey                           |
 * | a member given twice                     | here                                                                  |
 * | a parameter given twice                  | field-fuzz.test.ts, as API Gateway joins them: `a,a`                  |
 */

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
const earlier = (id: RouteId) => earlierRequests(desk, routes, { number, other })[id];

const ALL = Object.keys(definitions) as RouteId[];
const CHANGES = ALL.filter((id) => definitions[id].changesCase);
const ON_A_CASE = ALL.filter((id) => definitions[id].path.includes("{number}"));
const FOR_AGENTS = ALL.filter(
  (id) => !["send-message", "read-case", "read-self"].includes(id) && definitions[id].action !== "calendar.reckon",
);

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

/** A request with other bytes for a body. */
const withBytes = (id: RouteId, rawBody: string): Request => {
  const { body: _body, ...good } = goodRequest(id);
  return { ...good, rawBody };
};

describe.each(ALL)("when the body of %s", (id) => {
  test.each([
    ["is no JSON", "{ text: "],
    ["is a list", "[]"],
    ["is null", "null"],
    ["is a string", '"text"'],
    ["is a list in a list in a list", "[".repeat(100_000) + "]".repeat(100_000)],
  ])("%s, that is said", async (_, rawBody) => {
    await expectNo(await routes[id](withBytes(id, rawBody)), 400, "invalid-json");
  });

  test.each([BODY_MAX_BYTES, 7_000_000])("is larger than %d bytes, it is refused before it is read", async (bytes) => {
    await expectNo(await routes[id](withBytes(id, `{"text":"${"x".repeat(bytes)}"}`)), 413, "too-large");
  });

  test("has a field that is not known, it is named", async () => {
    const good = goodRequest(id);
    const response = await routes[id]({ ...good, body: { ...(good.body as object), colour: "red" } });
    await expectNo(response, 400, "invalid-request", "colour");
  });

  test("is nested without end where nothing is known, it is named", async () => {
    const deep = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    const whole = JSON.stringify({ ...(goodRequest(id).body as object), colour: 0 }).replace(/0}$/, `${deep}}`);
    await expectNo(await routes[id](withBytes(id, whole)), 400, "invalid-request", "colour");
  });

  test("gives a member twice, it is named, whichever of the two is right", async () => {
    const { body } = goodRequest(id);
    const [name = "colour"] = Object.keys(body ?? {});
    const good = JSON.stringify({ [name]: "red", ...(body as object) });
    for (const twice of [`{"${name}":null,${good.slice(1)}`, `${good.slice(0, -1)},"${name}":null}`]) {
      await expectNo(await routes[id](withBytes(id, twice)), 400, "invalid-request", name);
    }
  });
});

describe("when a cursor was altered", () => {
  const PAGED = ALL.flatMap((id) =>
    fieldsOf(id)
      .filter(({ part, path }) => part === "query" && ["cursor", "after"].includes(String(path[0])))
      .map(({ path }) => [id, String(path[0])] as const),
  );

  test("it is looked for in every route that takes one", () => {
    expect(PAGED).toEqual([
      ["list-cases", "cursor"],
      ["list-changes", "after"],
      ["list-tasks", "cursor"],
    ]);
  });

  test.each(PAGED)("%s names %s, or goes on from a place that is there", async (id, name) => {
    await earlier(id)?.();
    before = await desk.everything();
    desk.moveOn(MINUTE_MS);
    const query = { limit: "1", ...(name === "after" && { after: toCursor("2026-11-18T00:00:00.000Z") }) };
    const { cursor } = (await routes[id]({ ...goodRequest(id), query })).body;
    expect(cursor).toMatch(/^[\w-]{20,}$/);

    let refused = 0;
    const altered = [
      ...[...cursor].flatMap((_, at) => [cursor.slice(0, at), `${cursor.slice(0, at)}A${cursor.slice(at + 1)}`]),
      ...["", "=", "A", " ", "\u0000", "ä", cursor].map((more) => `${cursor}${more}`),
      ...["", " ", "\uffff", "~", "..", "9999", "2026-11-18T15:00:00.000Z", "__proto__"].map(toCursor),
      "x".repeat(401),
    ];
    for (const one of new Set(altered)) {
      const response = await routes[id]({ ...goodRequest(id), query: { limit: "1", [name]: one } });
      if (response.status === 400) {
        refused += 1;
        await expectNo(response, 400, "invalid-request", `query.${name}`);
      } else expect([one, response.status, response.body.items.length <= 1]).toEqual([one, 200, true]);
    }
    expect(refused).toBeGreaterThan(10);
    expect(await desk.everything()).toBe(before);
  });
});

/** A place as a cursor writes it, whether or not it is one. */
function toCursor(place: string): string {
  return Buffer.from(place).toString("base64url");
}

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
    ["change-status", { status: "Resolved!" }, "status"],
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

import { routes } from "@ithaca/contracts";
import { describe, expect, test } from "vitest";
import { createClient } from "./client.ts";
import { ProblemError, UnreachableError } from "./problem-error.ts";
import { ROUTE_PATHS } from "./route-paths.ts";

type Reply = Response | Error;

/** A client whose desk gives these replies in turn, and what it was asked. */
function clientOf(...replies: Reply[]) {
  const asked: { url: string; method: string; headers: Headers; body: unknown }[] = [];
  const waited: number[] = [];
  const client = createClient({
    baseUrl: "https://desk.example/",
    token: async () => `token-${asked.length + 1}`,
    wait: async (ms) => void waited.push(ms),
    fetch: async (url, init) => {
      asked.push({
        url: String(url),
        method: init?.method ?? "",
        headers: new Headers(init?.headers),
        body: typeof init?.body === "string" ? JSON.parse(init.body) : undefined,
      });
      const reply = replies.shift();
      if (reply === undefined) throw new Error("the desk was asked more often than expected");
      if (reply instanceof Error) throw reply;
      return reply;
    },
  });
  return { client, asked, waited };
}

const message = { channel: "portal", channelMessageId: "m1", text: "Help" };
const ok = (body: object, headers = {}) => Response.json(body, { status: 200, headers });
const no = (status: number, body?: object, headers = {}) =>
  new Response(body && JSON.stringify(body), { status, headers });

describe("the paths of the client", () => {
  test("are those of the contract", () => {
    const contract = Object.values(routes).map(({ id, method, path }) => [id, { method, path }]);
    expect(ROUTE_PATHS).toEqual(Object.fromEntries(contract));
  });
});

describe("when a message is sent", () => {
  test("it is posted with the token and a key of its own", async () => {
    const { client, asked } = clientOf(ok({ number: "148203917" }), ok({ number: "148203917" }));
    expect(await client.sendMessage(message)).toEqual({ number: "148203917" });
    await client.sendMessage(message);

    expect(asked[0]).toMatchObject({ url: "https://desk.example/v1/messages", method: "POST", body: message });
    expect(asked[0]?.headers.get("authorization")).toBe("Bearer token-1");
    const keys = asked.map(({ headers }) => headers.get("idempotency-key"));
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[1]).not.toBe(keys[0]);
  });

  test("a key that the caller gives is kept", async () => {
    const { client, asked } = clientOf(ok({}));
    await client.sendMessage(message, { idempotencyKey: "mine" });
    expect(asked[0]?.headers.get("idempotency-key")).toBe("mine");
  });
});

describe("when the answer may fare better later", () => {
  test.each<[string, Reply]>([
    ["no answer", new TypeError("fetch failed")],
    ["429", no(429)],
    ["502", no(502)],
    ["503", no(503)],
    ["504", no(504)],
  ])("%s is tried again under the same key, waiting longer each time", async (_, reply) => {
    const again = reply instanceof Response ? reply.clone() : reply;
    const { client, asked, waited } = clientOf(reply, again, ok({ number: "148203917" }));
    expect(await client.sendMessage(message)).toEqual({ number: "148203917" });
    expect(new Set(asked.map(({ headers }) => headers.get("idempotency-key"))).size).toBe(1);
    expect(asked[2]?.headers.get("authorization")).toBe("Bearer token-3");
    expect(waited[0]).toBeLessThanOrEqual(200);
    expect(waited[1]).toBeGreaterThanOrEqual(200);
  });

  test("it waits as long as the answer asks, but not for ever", async () => {
    const { client, waited } = clientOf(
      no(429, undefined, { "retry-after": "2" }),
      no(503, undefined, { "retry-after": "9999" }),
      ok({}),
    );
    await client.self();
    expect(waited).toEqual([2_000, 10_000]);
  });

  test("after three tries it gives up", async () => {
    const down = () => new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") });
    const { client, asked } = clientOf(down(), down(), down());
    await expect(client.self()).rejects.toThrow(new UnreachableError("https://desk.example/v1/me", down()));
    expect(asked.length).toBe(3);
  });
});

describe("when the answer is no", () => {
  test.each([400, 401, 404, 409, 412, 413, 422, 428, 500])("%i is not tried again", async (status) => {
    const { client, asked } = clientOf(no(status));
    await expect(client.self()).rejects.toBeInstanceOf(ProblemError);
    expect(asked.length).toBe(1);
  });

  test("the problem is thrown whole", async () => {
    const problem = {
      type: "urn:ithaca:problem:stale",
      title: "Changed",
      status: 412,
      detail: "…",
      currentVersion: 9,
      changed: ["CaseTaken"],
    };
    const { client } = clientOf(no(412, problem));
    const error = await client.cases.take("148203917", { ifVersion: 8 }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ problem, code: "stale", message: "Changed: …" });
  });

  test.each([
    [401, "not-signed-in"],
    [403, "not-signed-in"],
    [500, "about:blank"],
  ])("a gateway's own %i is made a problem", async (status, ending) => {
    const { client } = clientOf(no(status, { message: "Unauthorized" }));
    await expect(client.self()).rejects.toMatchObject({ problem: { status, type: expect.stringContaining(ending) } });
  });
});

describe("when a case is read or changed", () => {
  test.each<[string, (client: ReturnType<typeof createClient>) => Promise<unknown>, object]>([
    [
      "list",
      ({ cases }) => cases.list({ team: "main", limit: 5 }),
      { method: "GET", url: "/v1/cases?team=main&limit=5", body: undefined },
    ],
    ["read", ({ cases }) => cases.read("148203917"), { method: "GET", url: "/v1/cases/148203917" }],
    [
      "explain",
      ({ cases }) => cases.explain("1", "first-response"),
      { method: "GET", url: "/v1/cases/1/clocks/first-response/explanation" },
    ],
    [
      "draw",
      ({ cases }) => cases.draw("1", "resolution"),
      { method: "GET", url: "/v1/cases/1/clocks/resolution/explanation.svg" },
    ],
    [
      "waive",
      ({ cases }) => cases.waive("1", "first-response", { reason: "a" }, { ifVersion: 3 }),
      { method: "POST", url: "/v1/cases/1/clocks/first-response/waiver", body: { reason: "a" } },
    ],
    [
      "reply",
      ({ cases }) => cases.reply("1", { text: "a" }, { ifVersion: 3 }),
      { method: "POST", url: "/v1/cases/1/replies", body: { text: "a" } },
    ],
    [
      "note",
      ({ cases }) => cases.note("1", { text: "a" }, { ifVersion: 3 }),
      { method: "POST", url: "/v1/cases/1/notes", body: { text: "a" } },
    ],
    [
      "take",
      ({ cases }) => cases.take("1", { ifVersion: 3 }),
      { method: "PUT", url: "/v1/cases/1/assignee", body: { assignee: "me" } },
    ],
    [
      "changePriority",
      ({ cases }) => cases.changePriority("1", { priority: "low" }, { ifVersion: 3 }),
      { method: "PUT", url: "/v1/cases/1/priority", body: { priority: "low" } },
    ],
    [
      "resolve",
      ({ cases }) => cases.resolve("1", {}, { ifVersion: 3 }),
      { method: "POST", url: "/v1/cases/1/resolution", body: {} },
    ],
    ["calendars", ({ calendars }) => calendars.list(), { method: "GET", url: "/v1/calendars" }],
    [
      "a calendar",
      ({ calendars }) => calendars.read("main-hours", { version: 2 }),
      { method: "GET", url: "/v1/calendars/main-hours?version=2" },
    ],
    [
      "openings",
      ({ calendars }) => calendars.openings("a", { from: "2026-01-01T00:00:00Z", until: "2026-01-02T00:00:00Z" }),
      {
        method: "GET",
        url: "/v1/calendars/a/openings?from=2026-01-01T00%3A00%3A00Z&until=2026-01-02T00%3A00%3A00Z",
      },
    ],
    ["the next opening", ({ calendars }) => calendars.next("a"), { method: "GET", url: "/v1/calendars/a/next" }],
    [
      "a due",
      ({ calendars }) => calendars.add("a", { start: "2026-01-01", minutes: -0.5 }),
      { method: "GET", url: "/v1/calendars/a/add?start=2026-01-01&minutes=-0.5" },
    ],
    [
      "the time between",
      ({ calendars }) => calendars.between("a", { start: "x", end: "y" }),
      { method: "GET", url: "/v1/calendars/a/between?start=x&end=y" },
    ],
    [
      "why",
      ({ calendars }) => calendars.explain("a", { start: "x", minutes: 90 }),
      { method: "GET", url: "/v1/calendars/a/explain?start=x&minutes=90" },
    ],
    ["coverage", ({ calendars }) => calendars.coverage({ months: 3 }), { method: "GET", url: "/v1/coverage?months=3" }],
    [
      "tasks",
      ({ tasks }) => tasks.list({ agent: "prin_ana", limit: 5 }),
      { method: "GET", url: "/v1/tasks?agent=prin_ana&limit=5" },
    ],
    ["a number that is none", ({ cases }) => cases.read("../me"), { method: "GET", url: "/v1/cases/..%2Fme" }],
  ])("%s asks for what it says", async (_, ask, expected) => {
    const { client, asked } = clientOf(ok({}));
    await ask(client);
    const { url, method, body, headers } = asked[0] ?? { url: "" };
    expect({ url: url.replace("https://desk.example", ""), method, body }).toMatchObject(expected);
    expect(headers?.get("if-match")).toBe(method === "GET" ? null : '"3"');
    expect(headers?.has("idempotency-key")).toBe(method !== "GET");
  });

  test("a task is taken off its list by its id", async () => {
    const { client, asked } = clientOf(ok({}));
    await client.tasks.finish("case_148203917.2.0");
    expect(asked).toMatchObject([{ method: "PUT", url: "https://desk.example/v1/tasks/case_148203917.2.0/done" }]);
  });

  test("call() tells the version and that it was a replay", async () => {
    const { client } = clientOf(ok({}, { etag: '"7"', "idempotent-replayed": "true" }));
    expect(await client.call("read-case", { params: { number: "1" } })).toEqual({
      status: 200,
      body: {},
      version: 7,
      replayed: true,
    });
  });
});

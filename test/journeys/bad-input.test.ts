import { randomUUID } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXAMPLES, type Problem, type RouteDefinition, routes } from "@ithaca/contracts";
import { caseNumber, Policy } from "@ithaca/domain";
import { beforeAll, describe, expect, inject, test } from "vitest";
import * as z from "zod/mini";
import { applyRules } from "./apply-rules.ts";
import { ANA, CLEO, createCallers, HUGO } from "./callers.ts";
import { opsCommand } from "./ithaca.ts";
import { message } from "./messages.ts";
import { signedAnew } from "./signed-anew.ts";
import { testPolicy } from "./test-rules.ts";

const desk = inject("desk");
const callers = createCallers(desk);
const agent = callers.user(ANA);

/** A little over what the API takes, and over what a text may hold. */
const OVER_1_MB = 1_000_001;
const OVER_LONG_TEXT = 100_001;

interface Asked {
  readonly method?: string;
  readonly token?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Answered {
  readonly status: number;
  readonly problem: Problem;
}

/** A request as no client of ours would make it. */
async function ask(path: string, { method = "POST", token, body, headers }: Asked): Promise<Answered> {
  const response = await fetch(`${desk.apiUrl}${path}`, {
    method,
    headers: {
      "content-type": "application/json",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, problem: (await response.json()) as Problem };
}

/** The signature of a token, made to fit another text. */
function forged(token: string): string {
  const [head, , signature] = token.split(".");
  const claims = {
    sub: randomUUID(),
    token_use: "access",
    username: "nobody",
    exp: Math.floor(Date.now() / 1000) + 600,
  };
  return [head, Buffer.from(JSON.stringify(claims)).toString("base64url"), signature].join(".");
}

beforeAll(() => applyRules(desk, { main: "open", au: "open" }));

describe.concurrent("when the caller cannot be told", () => {
  const now = () => Math.floor(Date.now() / 1000);
  const pool = (id: string) => `https://cognito-idp.${desk.environment.AWS_REGION}.amazonaws.com/${id}`;
  const ours = async (different: object) => signedAnew(desk, await callers.userToken(CLEO), different);

  test.each<[string, () => Promise<string | undefined>]>([
    ["no token", async () => undefined],
    ["what is no token", async () => "not-a-token"],
    ["a token that somebody else signed", async () => forged(await callers.userToken(CLEO))],
    ["a token that expired a second ago", () => ours({ exp: now() - 1 })],
    ["a token of another desk's user pool", () => ours({ iss: pool("us-east-1_another00") })],
    ["a token for another program", () => ours({ client_id: "of-another-program" })],
    ["an identity token", () => ours({ token_use: "id" })],
  ])("%s is answered with 401, and nothing comes in", async (_name, token) => {
    const held = await token();
    const sent = message();
    const body = JSON.stringify(sent);
    expect((await ask("/v1/messages", { body, ...(held !== undefined && { token: held }) })).status).toBe(401);
    // Had it come in, this would be its repeat, and be answered with 200.
    expect((await ask("/v1/messages", { body, token: await callers.userToken(CLEO) })).status).toBe(201);
  });

  test("one of the desk's own, signed anew as these were, is taken: what is refused is what is wrong with them", async () => {
    const token = await ours({ exp: now() + 60 });
    expect((await ask("/v1/messages", { body: JSON.stringify(message()), token })).status).toBe(201);
  });
});

describe.concurrent("when a message is not as it must be", () => {
  const { channel, channelMessageId, text } = message();
  const bodies: readonly [string, string, number, string, string | undefined][] = [
    ["is no JSON", "{ text: ", 400, "invalid-json", undefined],
    ["is a list", "[]", 400, "invalid-json", undefined],
    ["has no text", JSON.stringify({ channel, channelMessageId }), 400, "invalid-request", "text"],
    ["has a number for a text", JSON.stringify({ channel, channelMessageId, text: 7 }), 400, "invalid-request", "text"],
    [
      "has a text that is too long",
      JSON.stringify({ channel, channelMessageId, text: "x".repeat(OVER_LONG_TEXT) }),
      400,
      "invalid-request",
      "text",
    ],
    [
      "has a text twice",
      `{"channel":"portal","channelMessageId":"twice","text":"a","text":"b"}`,
      400,
      "invalid-request",
      "text",
    ],
    [
      "is larger than 1 MB",
      JSON.stringify({ channel, channelMessageId, text: "x".repeat(OVER_1_MB) }),
      413,
      "too-large",
      undefined,
    ],
    [
      "has a field that nobody knows",
      JSON.stringify({ channel, channelMessageId, text, colour: "red" }),
      400,
      "invalid-request",
      "colour",
    ],
    [
      "comes by a channel that is not there",
      JSON.stringify({ channel: "pigeon", channelMessageId, text }),
      400,
      "invalid-request",
      "channel",
    ],
    [
      "has a case number with a digit wrong",
      JSON.stringify({ channel, channelMessageId, text, caseNumber: "148203910" }),
      400,
      "invalid-request",
      "caseNumber",
    ],
  ];

  test.each(bodies)(
    "one that %s is answered with a problem that names the field",
    async (...[, body, status, code, field]) => {
      const { status: answered, problem } = await ask("/v1/messages", { token: await callers.userToken(CLEO), body });
      expect([answered, problem.type]).toEqual([status, `urn:ithaca:problem:${code}`]);
      if (field !== undefined) expect(problem.errors?.map(({ path }) => path)).toContain(field);
    },
  );

  test("a channel's machine may not write for another channel", async () => {
    const refused = callers.channel("email").sendMessage(message({ from: { address: "jo@elsewhere.example" } }));
    await expect(refused).rejects.toMatchObject({ code: "not-there" });
  });

  test("a customer may not write as somebody else", async () => {
    const refused = callers.user(CLEO).sendMessage(message({ from: { address: HUGO } }));
    await expect(refused).rejects.toMatchObject({ problem: { status: 400, errors: [{ path: "from" }] } });
  });
});

describe.concurrent("when a request is for no route", () => {
  const all = Object.values<RouteDefinition>(routes);
  const paths = [...new Set(all.map(({ path }) => path))];

  /** A path as somebody would ask for it. */
  function asked(path: string): string {
    const params: Record<string, unknown> = Object.fromEntries(
      Object.values<{ params?: object | undefined }>(EXAMPLES).flatMap(({ params = {} }) => Object.entries(params)),
    );
    return path.replace(/\{(\w+)\}/g, (_, name) => String(params[name]));
  }

  test("every path with every method that it does not have is answered 404, whoever asks", async () => {
    const token = await callers.userToken(ANA);
    const wrong = paths.flatMap((path) =>
      ["GET", "POST", "PUT", "DELETE", "PATCH"]
        .filter((method) => !all.some((route) => route.path === path && route.method === method))
        .map((method) => [method, asked(path)] as const),
    );
    expect(wrong.length).toBeGreaterThan(3 * paths.length);
    for (const [method, path] of wrong) {
      const body = method === "GET" ? {} : { body: "{}" };
      expect([method, path, (await ask(path, { method, token, ...body })).status]).toEqual([method, path, 404]);
    }
  });

  test("so is a path that is nobody's", async () => {
    const token = await callers.userToken(ANA);
    for (const path of ["/v1", "/v1/", "/v1/cases/", "/v1/cases/1/2/3/4", "/v1/%2e%2e/cases", "/v2/cases", "/"]) {
      expect([path, (await ask(path, { method: "GET", token })).status]).toEqual([path, 404]);
    }
  });

  test("a body of 7 MB is refused by every route, and none is a fault", async () => {
    const token = await callers.userToken(ANA);
    const body = `{"text":"${"x".repeat(7_000_000)}"}`;
    for (const { method, path } of all.filter(({ method: one }) => one !== "GET")) {
      const { status } = await ask(asked(path), { method, token, body, headers: { "if-match": '"1"' } });
      expect([method, path, status]).toEqual([method, path, 413]);
    }
  });

  test("a parameter that is given twice is named", async () => {
    const asksTwice = { method: "GET", token: await callers.userToken(ANA) };
    const { status, problem } = await ask("/v1/cases?limit=1&limit=2", asksTwice);
    expect([status, problem.errors?.[0]?.path]).toEqual([400, "query.limit"]);
  });
});

describe.concurrent("when a case is somebody else's", () => {
  test("the answer is the same as for a number that is not there", async () => {
    const { number } = await callers.user(CLEO).sendMessage(message());
    const token = await callers.userToken(HUGO);
    const [foreign, absent] = await Promise.all(
      [number, caseNumber(9, 1_234_567)].map((one) => ask(`/v1/cases/${one}`, { method: "GET", token })),
    );
    expect(foreign?.status).toBe(404);
    expect({ ...foreign?.problem, requestId: "" }).toEqual({ ...absent?.problem, requestId: "" });
  });

  test("a message that names it opens a case of its own and says nothing of the other", async () => {
    const { number } = await callers.user(CLEO).sendMessage(message());
    const receipt = await callers.user(HUGO).sendMessage(message({ caseNumber: number }));
    expect(receipt.joined).toBe(false);
    expect(receipt.number).not.toBe(number);
    expect((await agent.cases.read(number)).messages).toHaveLength(1);
    expect((await agent.cases.read(receipt.number)).links).toMatchObject([{ kind: "possibly-about" }]);
  });

  test("a customer can list, answer and resolve nothing", async () => {
    const customer = callers.user(CLEO);
    const { number } = await customer.sendMessage(message());
    await expect(customer.cases.list({ team: "main" })).rejects.toMatchObject({ code: "not-there" });
    await expect(customer.cases.reply(number, { text: "Mine" }, { ifVersion: 1 })).rejects.toMatchObject({
      code: "not-there",
    });
    await expect(customer.cases.resolve(number, {}, { ifVersion: 1 })).rejects.toMatchObject({ code: "not-there" });
    expect((await agent.cases.read(number)).version).toBe(1);
  });
});

describe.concurrent("when a case has changed meanwhile", () => {
  test("a change of the old version is refused with what happened since, and changes nothing", async () => {
    const { number } = await callers.user(CLEO).sendMessage(message());
    await agent.cases.note(number, { text: "First" }, { ifVersion: 1 });
    await expect(agent.cases.reply(number, { text: "Too late" }, { ifVersion: 1 })).rejects.toMatchObject({
      code: "stale",
      problem: { status: 412, currentVersion: 2, changed: ["NoteWritten"] },
    });
    expect((await agent.cases.read(number)).version).toBe(2);
  });

  test("a change that names no version is refused", async () => {
    const { number } = await callers.user(CLEO).sendMessage(message());
    const body = JSON.stringify({ text: "Which version?" });
    const { status } = await ask(`/v1/cases/${number}/notes`, { token: await callers.userToken(ANA), body });
    expect(status).toBe(428);
  });

  test("a refusal of business is answered with its reason", async () => {
    const { number } = await callers.user(CLEO).sendMessage(message({ requestedPriority: "medium" }));
    const same = agent.cases.changePriority(number, { priority: "medium" }, { ifVersion: 1 });
    await expect(same).rejects.toMatchObject({ code: "same-priority", problem: { status: 409 } });
  });
});

describe.concurrent("when a policy has a hole", () => {
  test("it is not applied, and what is missing is named", async () => {
    const whole = z.encode(Policy, testPolicy({ main: "open", au: "open" }));
    const file = join(mkdtempSync(join(tmpdir(), "ithaca-hole-")), "policy.json");
    writeFileSync(
      file,
      JSON.stringify({ ...whole, targets: whole.targets.slice(1), routing: whole.routing.slice(0, 1) }),
    );

    const { exitCode, errors } = await opsCommand(desk).tryTo("policy", "apply", file, "--reason", "A hole");
    expect(exitCode).toBe(1);
    expect(errors).toContain("/priorities/0: no target promises a first response to every critical case");
    expect(errors).toContain("/routing: no rule catches a case that the others do not match");
  });
});

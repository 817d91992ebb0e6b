import { routes as definitions, type RouteId } from "@ithaca/contracts";
import { caseIdOf } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { earlierRequests, goodRequests, MESSAGE } from "./fixtures/good-requests.ts";
import { type Caller, openRequestDesk, type Request, type RequestDesk } from "./fixtures/request-desk.ts";
import { routesOf } from "./fixtures/routes-of.ts";

/** Every route × everybody who could ask × whose the case is, at the handlers (threats.md, 15). */

/**
 * The case that is asked about is Cleo's; Clive is of her account, Hugo of another; a follower may be of any. Ana, Lena and
 * Mona are of its team, Olof is an agent of another.
 */
const CALLERS = ["ana", "olof", "lena", "mona", "cleo", "clive", "hugo", "portal", "email"] as const satisfies Caller[];
type Asker = (typeof CALLERS)[number];

const AGENTS: readonly Asker[] = ["ana", "olof", "lena", "mona"];
const LEADS: readonly Asker[] = ["lena", "mona"];
const MANAGERS: readonly Asker[] = ["mona"];
const CUSTOMERS: readonly Asker[] = ["cleo", "clive", "hugo"];
const EVERYBODY: readonly Asker[] = CALLERS;
const WHOSE_IT_IS: readonly Asker[] = [...AGENTS, "cleo", "clive"];
const WRITERS: readonly Asker[] = [...AGENTS, "cleo", "clive", "hugo", "portal"];

/** Who may, written out by hand and not taken from the grants: a route that is not here does not compile. */
const MAY: Readonly<Record<RouteId, readonly Asker[]>> = {
  "send-message": WRITERS,
  "list-cases": AGENTS,
  "count-cases": AGENTS,
  "list-changes": AGENTS,
  "read-case": WHOSE_IT_IS,
  "explain-clock": AGENTS,
  "draw-clock": AGENTS,
  "waive-breach": LEADS,
  "write-reply": AGENTS,
  "write-note": AGENTS,
  "take-case": AGENTS,
  "change-priority": AGENTS,
  "resolve-case": AGENTS,
  "change-team": AGENTS,
  "change-status": AGENTS,
  "change-tags": AGENTS,
  "change-fields": AGENTS,
  "change-marks": AGENTS,
  "change-collaborators": AGENTS,
  "add-participant": AGENTS,
  "remove-participant": AGENTS,
  "merge-case": AGENTS,
  "unmerge-case": AGENTS,
  "split-case": AGENTS,
  "link-case": AGENTS,
  "unlink-case": AGENTS,
  "read-account": AGENTS,
  "put-account": LEADS,
  "find-person": AGENTS,
  "read-person": AGENTS,
  "put-person": LEADS,
  "read-principal": AGENTS,
  "put-agent": MANAGERS,
  "put-channel": MANAGERS,
  "read-self": EVERYBODY,
  "report-attainment": LEADS,
  "list-tasks": AGENTS,
  // It is Ana's.
  "finish-task": ["ana", "mona"],
  "list-policy-versions": AGENTS,
  "read-policy-version": AGENTS,
  "apply-policy": MANAGERS,
  "start-preview": MANAGERS,
  "read-preview": MANAGERS,
  "list-calendars": EVERYBODY,
  "read-calendar": AGENTS,
  "list-openings": EVERYBODY,
  "find-opening": EVERYBODY,
  "add-open-time": EVERYBODY,
  "measure-open-time": EVERYBODY,
  "explain-open-time": EVERYBODY,
  "read-coverage": EVERYBODY,
};

const ALL = Object.keys(definitions) as RouteId[];
const CANARY = "canary of Lakeside";

let desk: RequestDesk;
let routes: ReturnType<typeof routesOf>;
let cases: { number: string; other: string };

beforeEach(async () => {
  desk = await openRequestDesk();
  routes = routesOf(desk);
  const open = async (channelMessageId: string) => {
    const body = { ...MESSAGE, channelMessageId, subject: CANARY, text: CANARY };
    return (await routes["send-message"]({ as: "cleo", body })).body.number;
  };
  cases = { number: await open("0"), other: await open("-1") };
});

/** A request that is good but for who makes it: it names the case's version of now, and the sender if that is somebody else. */
async function requestBy(as: Asker, id: RouteId): Promise<Request> {
  const good = { ...goodRequests(cases)[id](), as };
  if (id === "send-message" && !CUSTOMERS.includes(as)) {
    return { ...good, body: { ...(good.body as object), from: { address: "cleo@example.com" } } };
  }
  if (!definitions[id].changesCase) return good;
  const current = await desk.store.cases.read(caseIdOf(cases.number));
  return { ...good, headers: { "if-match": `"${current?.version}"` } };
}

describe("a file that the mail channel brought", () => {
  const file = { id: "file_mail", name: "plan.png", contentType: "image/png", sizeBytes: 12 };
  const naming = (as: Asker, channelMessageId: string): Request => ({
    as,
    body: {
      ...MESSAGE,
      channel: as === "email" ? "email" : "portal",
      channelMessageId,
      attachments: [file],
      ...(!CUSTOMERS.includes(as) && { from: { address: "cleo@example.com" } }),
    },
  });

  test.each(CALLERS)("is named in a message by %s only if it is theirs", async (as) => {
    expect((await routes["send-message"](naming("email", "first"))).status).toBe(201);
    const before = await desk.everything();
    const { status, body } = await routes["send-message"](naming(as, "second"));
    if (as === "email") return expect(status).toBe(201);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ path: expect.stringMatching(/^attachments/) }]);
    expect(await desk.everything()).toBe(before);
  });
});

describe.each(ALL)("%s", (id) => {
  test.each(CALLERS)("asked by %s is answered only if they may", async (as) => {
    await earlierRequests(desk, routes, cases)[id]?.();
    const before = await desk.everything();
    const { status, body } = await routes[id](await requestBy(as, id));

    if (MAY[id].includes(as)) {
      // Nobody broke the promise that a waiver is asked for: whoever may, is told so.
      expect(id === "waive-breach" ? status === 409 : status < 300).toBe(true);
      return;
    }
    expect(status).toBe(404);
    expect(body).toMatchObject({ type: "urn:ithaca:problem:not-there" });
    expect(JSON.stringify(body)).not.toContain(CANARY);
    expect(await desk.everything()).toBe(before);
  });

  test("asked by nobody is not answered", async () => {
    const { as: _as, ...request } = goodRequests(cases)[id]();
    expect((await routes[id](request)).status).toBe(401);
  });
});

describe("somebody of another account", () => {
  async function takesPart(seesCase: boolean): Promise<void> {
    const path = { number: cases.number };
    const asked = { as: "ana", path, headers: { "if-match": '"1"' } } as const;
    const body = { personId: "person_hugo", part: "follower", seesCase };
    expect((await routes["add-participant"]({ ...asked, body })).status).toBe(200);
  }

  test("who follows a case reads it and nothing else of it", async () => {
    await takesPart(true);
    const read = await routes["read-case"]({ as: "hugo", path: { number: cases.number } });
    expect(read.body.messages.map(({ text }: { text: string }) => text)).toEqual([CANARY]);
    for (const id of ALL.filter((one) => MAY[one] === AGENTS)) {
      expect([id, (await routes[id]({ ...goodRequests(cases)[id](), as: "hugo" })).status]).toEqual([id, 404]);
    }
    expect((await routes["read-case"]({ as: "hugo", path: { number: cases.other } })).status).toBe(404);
  });

  test("who only gets what is sent to them does not read it", async () => {
    await takesPart(false);
    expect((await routes["read-case"]({ as: "hugo", path: { number: cases.number } })).status).toBe(404);
  });

  test("whose case is named beside another's by an agent, is kept apart from it", async () => {
    const body = { ...MESSAGE, channelMessageId: "hugo" };
    const foreign = (await routes["send-message"]({ as: "hugo", body })).body.number;
    const asked = { as: "ana", headers: { "if-match": '"1"' } } as const;
    for (const [number, other] of [
      [cases.number, foreign],
      [foreign, cases.number],
    ] as const) {
      const answer = await routes["merge-case"]({ ...asked, path: { number, other } });
      expect(answer.body).toMatchObject({ type: "urn:ithaca:problem:other-account" });
    }
    const linked = await routes["link-case"]({
      ...asked,
      path: { number: foreign, link: "related", other: cases.number },
    });
    expect(linked.status).toBe(200);
    const { body: seen } = await routes["read-case"]({ as: "hugo", path: { number: foreign } });
    expect(JSON.stringify(seen)).not.toContain(cases.number);
  });
});

import { routes as definitions, type RouteId } from "@ithaca/contracts";
import { caseNumber } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { type Field, fieldsOf, nameOf, spoilt } from "./fixtures/fields-of-routes.ts";
import { earlierRequests, goodRequests, MESSAGE } from "./fixtures/good-requests.ts";
import { type Caller, openRequestDesk, type RequestDesk } from "./fixtures/request-desk.ts";
import { routesOf } from "./fixtures/routes-of.ts";

/** An id of another account in every position that takes one (threats.md, 5 and 15). */

const CANARIES = { cleo: "canary of Lakeside", hugo: "canary of Harbour" } as const;
const CUSTOMERS = ["cleo", "hugo"] as const;

/** What each kind of id is written like, and the name that its position has when it is written otherwise. */
const KINDS = ["case", "person", "acct", "prin", "msg", "file", "prev", "task"] as const;
type Kind = (typeof KINDS)[number];

function kindOf(id: RouteId, { described, path }: Field): Kind | undefined {
  if (path.at(-1) === "assignee") return "prin";
  if (id === "finish-task") return "task";
  if (path.includes("when") && path.includes("accountId")) return path.at(-1) === 0 ? "acct" : undefined;
  const patterns = [described, ...(described.allOf ?? [])].map((one) => (one as { pattern?: string }).pattern ?? "");
  if (patterns.some((pattern) => pattern.startsWith("^[1-9][0-9]{8"))) return "case";
  return KINDS.find((kind) => patterns.some((pattern) => pattern.startsWith(`^${kind}_`)));
}

/**
 * What becomes of another account's id where the asker may ask at all: it is refused, or it is granted, for agents serve
 * every account, and then shows nobody of the one account anything of the other. Written by hand; a position that is not
 * here fails.
 */
const BECOMES: Readonly<Record<string, "granted" | string>> = {
  "send-message body.caseNumber": "granted",
  "send-message body.from.accountId": "invalid-request",
  "send-message body.attachments.0.id": "invalid-request",
  "take-case body.assignee": "unknown-agent",
  "change-collaborators body.collaborators.0": "unknown-agent",
  "add-participant body.personId": "granted",
  "remove-participant path.personId": "unknown-person",
  "merge-case path.other": "other-account",
  "unmerge-case path.other": "not-merged",
  "split-case body.messageId": "not-splittable",
  "link-case path.other": "granted",
  "unlink-case path.other": "not-linked",
  "read-account path.id": "granted",
  "put-account path.id": "granted",
  "read-person path.id": "granted",
  "put-person path.id": "granted",
  "put-person body.accountId": "granted",
  "read-principal path.id": "granted",
  "put-agent path.id": "other-kind",
  "put-channel path.id": "other-kind",
  "start-preview body.policy.targets.0.when.accountId.0": "granted",
  "apply-policy body.policy.targets.0.when.accountId.0": "granted",
  "read-preview path.id": "not-there",
  "list-tasks query.agent": "not-there",
  "finish-task path.id": "not-there",
};

const positions = (Object.keys(definitions) as RouteId[]).flatMap((id) =>
  fieldsOf(id).flatMap((field) => {
    const kind = kindOf(id, field);
    return kind === undefined ? [] : [{ id, field, kind, name: `${id} ${nameOf(field)}` }];
  }),
);
/** The case that a route is about is whose it is: access-matrix.test.ts. */
const others = positions.filter(({ field }) => nameOf(field) !== "path.number");

let desk: RequestDesk;
let routes: ReturnType<typeof routesOf>;
let cases: { number: string; other: string };
let foreign: Record<Kind, string>;
const absent: Record<Kind, string> = {
  case: caseNumber(9, 0),
  person: "person_nobody",
  acct: "acct_none",
  prin: "prin_nobody",
  msg: "msg_none",
  file: "file_none",
  prev: "prev_0",
  task: `case_${caseNumber(9, 0)}.2.0`,
};

beforeEach(async () => {
  desk = await openRequestDesk();
  routes = routesOf(desk);
  const open = async (as: keyof typeof CANARIES, channelMessageId: string) => {
    const text = CANARIES[as];
    return (await routes["send-message"]({ as, body: { ...MESSAGE, channelMessageId, subject: text, text } })).body;
  };
  cases = { number: (await open("cleo", "0")).number, other: (await open("cleo", "-1")).number };
  const { number, messageId } = await open("hugo", "0");
  const ids = { person: "person_hugo", acct: "acct_harbour", prin: "prin_hugo", file: "file_hugo", prev: "prev_hugo" };
  foreign = { case: number, msg: messageId, task: `case_${number}.1.0`, ...ids };
});

/** A request that names an id in a position, and is good otherwise. */
function naming({ id, field }: (typeof positions)[number], value: string, as?: Caller) {
  const good = goodRequests(cases)[id]();
  // A second message is another one.
  if (id === "send-message") good.body = { ...(good.body as object), channelMessageId: value };
  return routes[id]({ ...spoilt(id, good, field, value), ...(as !== undefined && { as }) });
}

test("every position of an id is known, with what becomes of another account's", () => {
  expect(others.map(({ name }) => name).toSorted()).toEqual(Object.keys(BECOMES).toSorted());
  expect(positions.length - others.length).toBeGreaterThan(20);
  expect([...new Set(positions.map(({ kind }) => kind))].toSorted()).toEqual([...KINDS].toSorted());
});

describe.each(others)("when $name is an id of another account's", (position) => {
  const becomes = BECOMES[position.name];

  test(becomes === "granted" ? "nobody sees the other's by it" : `it is refused: ${becomes}`, async () => {
    const before = await desk.everything();
    const { status, body } = await naming(position, foreign[position.kind]);
    if (becomes !== "granted") {
      expect(body.type).toBe(`urn:ithaca:problem:${becomes}`);
      expect(await desk.everything()).toBe(before);
    }
    expect(status < 300).toBe(becomes === "granted");
    for (const [as, own, others] of [
      ["cleo", cases.number, foreign.case],
      ["hugo", foreign.case, cases.number],
    ] as const) {
      const seen = await routes["read-case"]({ as, path: { number: own } });
      expect(JSON.stringify(seen.body)).toContain(CANARIES[as]);
      expect(JSON.stringify(seen.body)).not.toContain(CANARIES[as === "cleo" ? "hugo" : "cleo"]);
      expect((await routes["read-case"]({ as, path: { number: others } })).status).toBe(404);
    }
  });
});

describe.each(positions)("when $name is asked for by a customer", (position) => {
  test.each(CUSTOMERS)("%s cannot tell another account's from none", async (as) => {
    await earlierRequests(desk, routes, cases)[position.id]?.();
    const ids =
      as === "hugo" ? { ...foreign, case: cases.number, person: "person_cleo", acct: "acct_lakeside" } : foreign;
    const told = async (value: string) => {
      const { status, body } = await naming(position, value, as);
      expect(JSON.stringify(body)).not.toContain(CANARIES[as === "cleo" ? "hugo" : "cleo"]);
      return { status, type: body.type, keys: Object.keys(body).toSorted() };
    };
    expect(await told(ids[position.kind])).toEqual(await told(absent[position.kind]));
  });
});

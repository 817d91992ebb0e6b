import { DAY_MS } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { openRequestDesk, type RequestDesk } from "../fixtures/request-desk.ts";
import { routesOf } from "../fixtures/routes-of.ts";
import { dmarc, mail } from "../fixtures/tickets.ts";

/** Mail that names a case by its number, as the mail that it answers did, after the case was combined with another. */

const LONG_AFTER_MS = 90 * DAY_MS;

let desk: RequestDesk;
let routes: ReturnType<typeof routesOf>;
let number: string;
let other: string;

beforeEach(async () => {
  desk = await openRequestDesk();
  routes = routesOf(desk);
  number = (await write("cleo")).number;
  other = (await write("clive")).number;
});

async function write(name: "cleo" | "clive", caseNumber?: string, verdict: "pass" | "fail" = "pass") {
  desk.moveOn(60_000);
  const from = { address: `${name}@example.com` };
  const body = mail({ from, evidence: dmarc(verdict), ...(caseNumber !== undefined && { caseNumber }) });
  const answer = await routes["send-message"]({ as: "email", body });
  expect(answer.status).toBe(201);
  return answer.body;
}

async function change(id: "merge-case" | "unmerge-case" | "split-case" | "resolve-case", of: string, more: object) {
  const version = (await desk.store.cases.read(`case_${of}`))?.version;
  const { path, ...asked } = { path: {}, ...more };
  const headers = { "if-match": `"${version}"` };
  const answer = await routes[id]({ as: "ana", path: { number: of, ...path }, headers, ...asked });
  expect(answer.status).toBeLessThan(300);
  return answer.body;
}

const merge = (of: string, from: string) => change("merge-case", of, { path: { other: from } });
const linksOf = async (of: string) => (await desk.store.cases.read(`case_${of}`))?.links;

describe("when mail comes to a case that was merged", () => {
  beforeEach(() => merge(number, other));

  test("it arrives where the case goes on, by either number and from either requester", async () => {
    for (const name of ["cleo", "clive"] as const) {
      for (const named of [number, other]) expect(await write(name, named)).toMatchObject({ number, joined: true });
    }
  });

  test("from somebody who may be anybody, it is a new case that may be about the one that goes on", async () => {
    const { number: opened, joined } = await write("clive", other, "fail");
    expect([joined, opened === number, opened === other]).toEqual([false, false, false]);
    expect(await linksOf(opened)).toMatchObject([{ kind: "possibly-about", target: `case_${number}` }]);
  });

  test("long after the survivor was closed, it is a new case that follows the survivor", async () => {
    await change("resolve-case", number, { body: { text: "This is fixed." } });
    desk.moveOn(LONG_AFTER_MS);
    const { number: opened, joined } = await write("clive", other);
    expect(joined).toBe(false);
    expect(await linksOf(opened)).toMatchObject([{ kind: "follows", target: `case_${number}` }]);
  });

  test("and the merge is taken back, each number is its own case's again", async () => {
    const meanwhile = await write("clive", other);
    await change("unmerge-case", number, { path: { other } });
    expect(await write("clive", other)).toMatchObject({ number: other, joined: true });
    expect(await write("cleo", number)).toMatchObject({ number, joined: true });
    // What came meanwhile stays where it was answered, so whoever wrote it may go on there.
    expect(meanwhile.number).toBe(number);
    expect(await write("clive", number)).toMatchObject({ number, joined: true });
  });
});

describe("when mail comes to a case of which a message was split off", () => {
  let split: string;

  beforeEach(async () => {
    const { messageId } = await write("clive", number);
    split = (await change("split-case", number, { body: { messageId } })).opened;
  });

  test("each number is its own case's, for whoever wrote the message too", async () => {
    expect(await write("clive", split)).toMatchObject({ number: split, joined: true });
    expect(await write("clive", number)).toMatchObject({ number, joined: true });
    expect(await write("cleo", number)).toMatchObject({ number, joined: true });
  });

  test("and the message is merged back, the number of the split leads to where it came from", async () => {
    await merge(number, split);
    expect(await write("clive", split)).toMatchObject({ number, joined: true });
  });

  test("and the split is merged into a third case, it leads there, and the first number stays where it is", async () => {
    await merge(other, split);
    expect(await write("clive", split)).toMatchObject({ number: other, joined: true });
    expect(await write("clive", number)).toMatchObject({ number, joined: true });
  });
});

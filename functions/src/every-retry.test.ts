import { setImmediate } from "node:timers/promises";
import { routes as definitions, type RouteId } from "@ithaca/contracts";
import { caseIdOf, DAY_MS } from "@ithaca/domain";
import type { Item, Key, Table } from "@ithaca/store";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldsOf, nameOf } from "./fixtures/fields-of-routes.ts";
import { earlierRequests, goodRequests, MESSAGE } from "./fixtures/good-requests.ts";
import { openRequestDesk, type Request, type Response } from "./fixtures/request-desk.ts";
import { routesOf } from "./fixtures/routes-of.ts";
import { type Crash, unreliable } from "./fixtures/unreliable.ts";

/** Every route that writes, asked again and again under any schedule (threats.md, 23): one effect and one answer. */

const WRITING = (Object.keys(definitions) as RouteId[]).filter((id) => definitions[id].method !== "GET");
const KEYED = WRITING.filter((id) => fieldsOf(id).some((field) => nameOf(field) === "headers.idempotency-key"));

/** What becomes of a call of the table: whether its process ends there, and how many others go first. */
interface Fate {
  readonly crash: Crash;
  readonly waits: number;
}

const fates = fc.array(
  fc.record<Fate>({
    crash: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      fc.constantFrom("before" as const, "after" as const),
    ),
    waits: fc.nat(2),
  }),
  { maxLength: 12 },
);

/** Rounds of the same request, each sent by so many at once while its calls of the table meet their fates. */
const rounds = fc.array(fc.record({ atOnce: fc.integer({ min: 1, max: 3 }), fates }), { minLength: 1, maxLength: 4 });

/**
 * A table whose batch reads are consistent in each item and not across them, as DynamoDB's are: others may write between
 * two items of one. `meanwhile` is called between a request's key and what is read with it.
 */
function torn(table: Table, meanwhile: (after: Key) => Promise<unknown>): Table {
  return {
    ...table,
    getMany: async (keys) => {
      const found: Item[] = [];
      for (const key of keys) {
        found.push(...(await table.getMany([key])));
        await meanwhile(key);
      }
      return found;
    },
  };
}

/** A desk on a table that can lose calls, with a good request to a route. */
async function openFor(id: RouteId) {
  let ahead: Fate[] = [];
  let crashes = 0;
  let between: () => Promise<unknown> = () => setImmediate();
  const next = async (): Promise<Crash> => {
    const { crash, waits } = ahead.shift() ?? { crash: undefined, waits: 0 };
    for (let at = 0; at < waits; at += 1) await setImmediate();
    if (crash !== undefined) crashes += 1;
    return crash;
  };
  const desk = await openRequestDesk(undefined, {
    through: (table) => ({
      ...unreliable(
        torn(table, ({ pk }) => (pk.startsWith("KEY#") ? between() : setImmediate())),
        next,
      ),
      scan: (after) => table.scan(after),
    }),
  });
  const routes = routesOf(desk);
  const open = async (channelMessageId: string) =>
    (await routes["send-message"]({ as: "cleo", body: { ...MESSAGE, channelMessageId } })).body.number;
  const cases = { number: await open("0"), other: await open("-1") };
  await earlierRequests(desk, routes, cases)[id]?.();
  if (id === "waive-breach") {
    desk.moveOn(7 * DAY_MS);
    await routes["write-reply"](goodRequests(cases)["write-reply"]());
  }

  const versionOf = async (number: string) => `"${(await desk.store.cases.read(caseIdOf(number)))?.version}"`;
  const good = goodRequests(cases)[id]();
  const named = KEYED.includes(id) && { "idempotency-key": "the-key" };
  const about = async (number: string) => (definitions[id].changesCase ? { "if-match": await versionOf(number) } : {});
  const request: Request = { ...good, headers: { ...(await about(cases.number)), ...named } };

  /** Another request under the same key: about the other case, or of another body. */
  const otherRequest = async (): Promise<Request> => {
    const headers = { ...(await about(cases.other)), ...named };
    if (good.path === undefined) return { ...good, headers, body: { ...(good.body as object), ...OTHER_BODIES[id] } };
    const path = { ...good.path, number: cases.other, ...("other" in good.path && { other: cases.number }) };
    return { ...good, headers, path };
  };

  return {
    desk,
    request,
    otherRequest,
    ask: (asked: Request) => routes[id](asked),
    /** Sends the request by so many at once. */
    meet: async (fated: readonly Fate[], atOnce: number): Promise<Response[]> => {
      ahead = [...fated];
      const answers = await Promise.all(Array.from({ length: atOnce }, () => routes[id](request)));
      ahead = [];
      return answers;
    },
    crashes: () => crashes,
    /** Sends the request, and once more, whole, while the first one's key is read and nothing else of it. */
    askWithin: async (): Promise<{ inner: Response | undefined; outer: Response }> => {
      let inner: Response | undefined;
      between = async () => {
        between = () => setImmediate();
        inner = await routes[id](request);
      };
      const outer = await routes[id](request);
      return { inner, outer };
    },
  };
}

const OTHER_BODIES: Partial<Record<RouteId, object>> = {
  "send-message": { text: "It says yes." },
  "start-preview": { days: 31 },
  "apply-policy": { reason: "Another try" },
};

/** What a desk holds, but for what is drawn or made anew: so many items of each kind, and the facts of each case. */
async function shapeOf({ everything }: { everything(): Promise<string> }): Promise<string[]> {
  const items: { pk: string; sk: string; facts?: { type: string }[]; version?: number }[] = JSON.parse(
    await everything(),
  );
  return items
    .filter(({ pk }) => !pk.startsWith("COUNT"))
    .map(({ pk, sk, facts, version }) => {
      const types = facts?.map(({ type }) => type).join("+");
      return [pk.split("#")[0], sk.split("#")[0], version, types].join(" ");
    })
    .toSorted();
}

/** Of an answer, what stays the same however the case goes on. */
const told = ({ status, headers, body }: Response) => {
  const { case: current, months: _months, ...rest } = body;
  return { status, rest, number: current?.number, location: headers.location };
};

test("all routes that change a case or make something take a key; the others put what they say", () => {
  expect(KEYED).toHaveLength(22);
  const others = WRITING.filter((id) => !KEYED.includes(id));
  expect(others.filter((id) => definitions[id].method !== "PUT")).toEqual([]);
});

describe.each(WRITING)("however often, whenever and by how many at once %s is asked, with crashes anywhere", (id) => {
  test("it has one effect, and every answer is the same", async () => {
    const calm = await openFor(id);
    expect((await calm.ask(calm.request)).status).toBeLessThan(300);
    const once = await shapeOf(calm.desk);
    let crashed = 0;
    let repeated = 0;

    await fc.assert(
      fc.asyncProperty(rounds, async (schedule) => {
        const { desk, request, ask, meet, crashes } = await openFor(id);
        const answers: Response[] = [];
        for (const { fates, atOnce } of schedule) answers.push(...(await meet(fates, atOnce)));
        answers.push(await ask(request));
        for (const { status } of answers) expect([id, status < 300 || status === 500]).toEqual([id, true]);

        const well = answers.filter(({ status }) => status < 300);
        expect(well.at(-1)).toBe(answers.at(-1));
        for (const answer of well) expect(told(answer)).toEqual(told(well[0] ?? answer));
        expect(await shapeOf(desk)).toEqual(once);
        crashed += crashes();
        repeated += well.length - 1;
      }),
      { numRuns: 12 },
    );
    expect(crashed).toBeGreaterThan(3);
    expect(repeated).toBeGreaterThan(3);
  });
});

/** Those who read the key with the case or the sender; the others have their own ways, of one item or of all versions. */
const READ_TOGETHER = KEYED.filter((id) => id !== "start-preview" && id !== "apply-policy");

describe.each(READ_TOGETHER)("when the first try of a request to %s is written while its repeat is read", (id) => {
  test("the repeat is answered as the first try was", async () => {
    const { askWithin } = await openFor(id);
    const { inner, outer } = await askWithin();
    expect(inner?.status).toBeLessThan(300);
    expect(outer.headers).toMatchObject({ "Idempotent-Replayed": "true" });
    expect(told(outer)).toEqual(inner && told(inner));
  });
});

describe.each(KEYED)("when the key of a request to %s comes again", (id) => {
  test("with another request, it is refused and nothing happens", async () => {
    const { desk, request, otherRequest, ask } = await openFor(id);
    await ask(request);
    const before = await desk.everything();
    expect((await ask(await otherRequest())).body).toMatchObject({ type: "urn:ithaca:problem:key-reused" });
    expect(await desk.everything()).toBe(before);
  });

  test("from somebody else, it is theirs: nothing is told of the first", async () => {
    const { request, ask } = await openFor(id);
    await ask(request);
    const somebody = request.as === "cleo" ? "clive" : "olof";
    const { headers } = await ask({ ...request, as: somebody });
    expect(headers).not.toHaveProperty("Idempotent-Replayed", "true");
  });
});

import { routes as definitions, type RouteDefinition, type RouteId, readPart } from "@ithaca/contracts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type * as z from "zod/mini";
import { fieldsOf, nameOf, spoilt } from "./fixtures/fields-of-routes.ts";
import { goodRequests, MESSAGE } from "./fixtures/good-requests.ts";
import { openRequestDesk } from "./fixtures/request-desk.ts";
import { routesOf } from "./fixtures/routes-of.ts";
import { WHOLE_BODIES } from "./fixtures/whole-bodies.ts";

/**
 * Every field of every route, at any depth, filled with what does not belong there. What its schema refuses has no effect,
 * and the field is named; what it takes is no fault, and the case can be read afterwards.
 */

const ALL = Object.keys(definitions) as RouteId[];

/** What people, programs and attackers put into a field. */
const STRANGE: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  "",
  " ",
  "\u0000",
  "\u202e",
  "\ud800",
  "a\r\nb: c",
  "a,a",
  "__proto__",
  "<script>",
  "../../etc/passwd",
  "x".repeat(200_000),
  [],
  [[]],
  [null],
  ["a", "a"],
  nested(500),
  {},
  { a: 1 },
];

function nested(depth: number): unknown {
  let value: unknown[] = [];
  for (let at = 1; at < depth; at += 1) value = [value];
  return value;
}

const strange = fc.oneof(fc.constantFrom(...STRANGE), fc.jsonValue({ maxDepth: 2 }), fc.string({ unit: "binary" }));

/** A desk with two cases, and a good request to a route that is about them. */
async function deskFor(id: RouteId) {
  const desk = await openRequestDesk();
  const routes = routesOf(desk);
  const open = async (channelMessageId: string) =>
    (await routes["send-message"]({ as: "cleo", body: { ...MESSAGE, channelMessageId } })).body.number;
  const number = await open("0");
  const good = goodRequests({ number, other: await open("-1") })[id]();
  return { desk, routes, number, good, before: await desk.everything() };
}

const fuzzed = ALL.flatMap((id) => fieldsOf(id).map((field) => [id, nameOf(field), field] as const));

describe("a field that holds what does not belong there", () => {
  test("is looked for in every route that takes any, and in all that they nest", () => {
    expect(fuzzed.length).toBeGreaterThan(280);
    const without = ALL.filter((id) => !fuzzed.some(([one]) => one === id));
    expect(without).toEqual(["count-cases", "read-self", "list-calendars", "list-policy-versions"]);
    expect(fuzzed.map(([, name]) => name)).toContain("body.calendars.0.week.7.0.1");
  });

  test.each(Object.entries(WHOLE_BODIES))("would be good without it: %s", (id, body) => {
    expect(readPart((definitions[id as RouteId] as RouteDefinition).body as z.ZodMiniType, body)).toMatchObject({
      ok: true,
    });
  });

  test.each(fuzzed)("%s: %s is named and nothing happens, or it is taken without a fault", async (id, _name, field) => {
    let at = await deskFor(id);
    const prefix = field.part === "body" ? undefined : field.part;
    const told = [...(prefix === undefined ? [] : [prefix]), ...field.path].join(".");
    let refused = 0;

    await fc.assert(
      fc.asyncProperty(strange, async (value) => {
        const request = spoilt(id, at.good, field, value);
        const { ok } = readPart(field.schema, request[field.part], prefix);
        const { status, body } = await at.routes[id](request);
        if (ok) {
          expect([id, status < 500]).toEqual([id, true]);
          expect((await at.routes["read-case"]({ as: "ana", path: { number: at.number } })).status).toBe(200);
        } else {
          refused += 1;
          expect([status, body.type]).toEqual([400, "urn:ithaca:problem:invalid-request"]);
          expect(body.errors.some((error: { path: string }) => error.path.startsWith(told))).toBe(true);
        }
        const after = await at.desk.everything();
        if (status >= 400) expect(after).toBe(at.before);
        if (after !== at.before) at = await deskFor(id);
      }),
      {
        numRuns: field.path.length > 1 ? STRANGE.length : STRANGE.length + 20,
        seed: 7,
        examples: STRANGE.map((one) => [one] as [unknown]),
      },
    );
    expect(refused).toBeGreaterThan(0);
  });
});

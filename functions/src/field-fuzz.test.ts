import { routes as definitions, type RouteDefinition, type RouteId, readPart } from "@ithaca/contracts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { goodRequests, MESSAGE } from "./fixtures/good-requests.ts";
import { openRequestDesk, type Request } from "./fixtures/request-desk.ts";
import { routesOf } from "./fixtures/routes-of.ts";

/** Every field of every route, filled with what does not belong there: no fault, no effect, and the field is named. */

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
  "a\r\nb: c",
  "__proto__",
  "<script>",
  "../../etc/passwd",
  "x".repeat(200_000),
  [],
  [[]],
  [null],
  {},
  { a: 1 },
];

const strange = fc.oneof(fc.constantFrom(...STRANGE), fc.jsonValue({ maxDepth: 2 }), fc.string({ unit: "binary" }));

function fieldsOf(part: z.ZodMiniType | undefined): string[] {
  return part === undefined ? [] : Object.keys(z.toJSONSchema(part, { io: "input" }).properties ?? {});
}

/** A field of a part of a request, and the request with something else in it. */
interface Field {
  readonly path: string;
  readonly schema: z.ZodMiniType;
  readonly prefix?: "path" | "query";
  spoil(good: Request, value: unknown): { request: Request; part: unknown };
}

function inBody(schema: z.ZodMiniType): Field[] {
  return fieldsOf(schema).map((name) => ({
    path: name,
    schema,
    spoil: (good, value) => {
      const part = { ...(good.body as object), [name]: value };
      return { request: { ...good, body: part }, part };
    },
  }));
}

function inText(schema: z.ZodMiniType, prefix: "path" | "query"): Field[] {
  return fieldsOf(schema).map((name) => ({
    path: `${prefix}.${name}`,
    schema,
    prefix,
    spoil: (good, value) => {
      const part = { ...good[prefix], [name]: typeof value === "string" ? value : JSON.stringify(value) };
      return { request: { ...good, [prefix]: part }, part };
    },
  }));
}

function fieldsOfRoute({ body, query, params }: RouteDefinition): Field[] {
  return [
    ...(body === undefined ? [] : inBody(body)),
    ...(query === undefined ? [] : inText(query, "query")),
    ...(params === undefined ? [] : inText(params, "path")),
  ];
}

const fuzzed = ALL.flatMap((id) => fieldsOfRoute(definitions[id]).map((field) => [id, field.path, field] as const));

describe("a field that holds what does not belong there", () => {
  test("is looked for in every route that takes any", () => {
    expect(fuzzed.length).toBeGreaterThan(80);
    const without = ALL.filter((id) => !fuzzed.some(([one]) => one === id));
    expect(without).toEqual(["count-cases", "read-self", "list-calendars"]);
  });

  test.each(fuzzed)("%s: %s is named, and nothing happens", async (id, path, { schema, prefix, spoil }) => {
    const desk = await openRequestDesk();
    const routes = routesOf(desk);
    const open = async (channelMessageId: string) =>
      (await routes["send-message"]({ as: "cleo", body: { ...MESSAGE, channelMessageId } })).body.number;
    const good = goodRequests({ number: await open("0"), other: await open("-1") })[id]();
    const before = await desk.everything();
    let refused = 0;

    await fc.assert(
      fc.asyncProperty(strange, async (value) => {
        const { request, part } = spoil(good, value);
        const read = readPart(schema, part, prefix);
        if (read.ok) return;
        refused += 1;
        const { status, body } = await routes[id](request);
        expect([status, body.type]).toEqual([400, "urn:ithaca:problem:invalid-request"]);
        expect(body.errors.some((error: { path: string }) => error.path.startsWith(path))).toBe(true);
      }),
      { numRuns: 25, seed: 7, examples: STRANGE.map((one) => [one] as [unknown]) },
    );
    expect(refused).toBeGreaterThan(0);
    expect(await desk.everything()).toBe(before);
  });
});

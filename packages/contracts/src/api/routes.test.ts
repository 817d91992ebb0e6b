import { TEXT_MAX_LENGTH } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import type { RouteDefinition } from "./define-route.ts";
import { readPart } from "./field-errors.ts";
import { routes } from "./routes.ts";
import { CaseListQuery } from "./shapes/case-shapes.ts";
import { SendMessageBody } from "./shapes/message-shapes.ts";

const TEXT = z.string().check(z.maxLength(9));

const all: [string, RouteDefinition][] = Object.entries(routes);

/** The paths of the strings and lists of a JSON schema that have no limit. */
function unlimited(schema: z.core.JSONSchema.BaseSchema, path: string): string[] {
  const here =
    schema.type === "string"
      ? schema.maxLength === undefined &&
        schema.enum === undefined &&
        schema.const === undefined &&
        !isBoundedPattern(schema)
      : schema.type === "array" && schema.maxItems === undefined;
  return [...(here ? [path] : []), ...children(schema).flatMap(([name, child]) => unlimited(child, `${path}.${name}`))];
}

/** A pattern that can only match so many characters: anchored, without * or +. */
function isBoundedPattern({ pattern }: z.core.JSONSchema.BaseSchema): boolean {
  return pattern !== undefined && /^\^.*\$$/.test(pattern) && !/[*+]/.test(pattern);
}

function children(schema: z.core.JSONSchema.BaseSchema): [string, z.core.JSONSchema.BaseSchema][] {
  const nested = {
    ...schema.properties,
    items: schema.items,
    ...Object.fromEntries(Object.entries(schema.anyOf ?? {})),
  };
  return Object.entries(nested).filter(
    (entry): entry is [string, z.core.JSONSchema.BaseSchema] =>
      typeof entry[1] === "object" && !Array.isArray(entry[1]),
  );
}

test("a string or list without a limit is found", () => {
  const shape = z.object({ a: z.string(), b: z.array(z.object({ c: z.string(), d: z.int() })), e: z.optional(TEXT) });
  expect(unlimited(z.toJSONSchema(shape), "body")).toEqual(["body.a", "body.b", "body.b.items.c"]);
});

describe("every route", () => {
  test("is seen by these checks", () => expect(all.length).toBeGreaterThanOrEqual(10));

  test.each(all)("%s is listed under its id, with an action and an answer", (id, route) => {
    expect(route.id).toBe(id);
    expect(route.action).toMatch(/^[a-z]+\.[a-z-]+$/);
    expect(Object.keys(route.responses).length).toBeGreaterThan(0);
  });

  test.each(all)("%s has a schema for each parameter of its path", (_, { path, params }) => {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const known = params === undefined ? [] : Object.keys(z.toJSONSchema(params, { io: "input" }).properties ?? {});
    expect(known.sort()).toEqual(named.sort());
  });

  test.each(all)("%s limits every string and list that it takes", (_, { body, query, params, headers }) => {
    const parts = Object.entries({ body, query, params, headers }).filter((part) => part[1] !== undefined);
    const without = parts.flatMap(([name, part]) =>
      unlimited(z.toJSONSchema(part as z.ZodMiniType, { io: "input" }), name),
    );
    expect(without).toEqual([]);
  });

  test.each(all.filter(([, route]) => route.body !== undefined))("%s refuses unknown fields", (_, { body }) => {
    const read = readPart(body as z.ZodMiniType, { surprise: 1 });
    expect(read).toMatchObject({ ok: false });
    expect(!read.ok && read.errors).toContainEqual({ path: "surprise", message: "is not a known field" });
  });

  test.each(all.filter(([, route]) => route.changesCase))("%s takes a version and a key", (_, { headers }) => {
    expect(headers && readPart(headers, { "if-match": '"7"', "idempotency-key": "k", host: "x" })).toEqual({
      ok: true,
      value: { "if-match": 7, "idempotency-key": "k" },
    });
  });
});

test("no two routes share a method and path", () => {
  expect(new Set(all.map(([, { method, path }]) => `${method} ${path}`)).size).toBe(all.length);
});

describe("when a message is not as it should be", () => {
  const message = { channel: "portal", channelMessageId: "1", text: "Help" };

  test.each<[string, object, string, string]>([
    ["no text", { text: undefined }, "text", "is missing"],
    ["an empty text", { text: "" }, "text", "must be at least 1 characters long"],
    [
      "a text that is too long",
      { text: "x".repeat(TEXT_MAX_LENGTH + 1) },
      "text",
      "must be at most 100000 characters long",
    ],
    ["a text that is no string", { text: 7 }, "text", "must be a string"],
    [
      "a line break in the subject",
      { subject: "a\r\nBcc: b@c.example" },
      "subject",
      "one line without control characters",
    ],
    ["a sender without an address", { from: { name: "Jo" } }, "from.address", "is missing"],
    ["an unknown field in the sender", { from: { address: "jo@a.example", x: 1 } }, "from.x", "is not a known field"],
    [
      "a mistyped case number",
      { caseNumber: "148203910" },
      "caseNumber",
      "the last digit of the case number does not fit: it is mistyped",
    ],
    ["a stamp of its own", { receivedAt: "2026-01-01T00:00:00Z" }, "receivedAt", "is not a known field"],
    [
      "evidence of another kind",
      { evidence: { authentication: { spf: "maybe" } } },
      "evidence.authentication.spf",
      "must be one of: pass, fail, none",
    ],
  ])("%s is named by its field", (_, wrong, path, message_) => {
    const read = readPart(SendMessageBody, { ...message, ...wrong });
    expect(!read.ok && read.errors).toContainEqual({ path, message: message_ });
  });

  test("a body that is a list or nothing says so", () => {
    expect(readPart(SendMessageBody, [])).toEqual({ ok: false, errors: [{ path: "", message: "must be an object" }] });
    expect(readPart(SendMessageBody, undefined)).toEqual({ ok: false, errors: [{ path: "", message: "is missing" }] });
  });
});

describe("when a list is asked for", () => {
  test("the length has a default, and nothing else is needed", () => {
    expect(readPart(CaseListQuery, { team: "main" })).toEqual({
      ok: true,
      value: { team: "main", limit: 50 },
    });
  });

  test.each(["0", "101", "-1", "ten", "1e2", ""])("a length of %o is refused", (limit) => {
    expect(readPart(CaseListQuery, { team: "main", limit }, "query")).toMatchObject({
      ok: false,
      errors: [{ path: "query.limit" }],
    });
  });
});

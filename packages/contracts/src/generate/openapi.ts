import type * as z from "zod/mini";
import type { RouteDefinition } from "../api/define-route.ts";
import { EXAMPLES } from "../api/examples.ts";
import { REPLAYED_HEADER } from "../api/headers.ts";
import { type PageDefinition, pages } from "../api/pages.ts";
import { problemStatusesOf } from "../api/problem-statuses.ts";
import { PROBLEM_MEDIA_TYPE, PROBLEMS, Problem } from "../api/problems.ts";
import { type RouteId, routes } from "../api/routes.ts";
import { type JsonSchema, jsonSchema } from "./json-schema.ts";

/** The API as OpenAPI 3.1: what `openapi.json` holds. */
export function openapi() {
  const all: RouteDefinition[] = Object.values(routes);
  const paths: Record<string, Record<string, object>> = {};
  for (const route of all) paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  for (const page of Object.values<PageDefinition>(pages)) paths[page.path] = { get: pageOperation(page) };

  return {
    openapi: "3.1.0",
    info: {
      title: "Ithaca",
      version: "1",
      description: "The API of the Ithaca support desk.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    security: [{ accessToken: [] }],
    paths,
    components: {
      securitySchemes: {
        accessToken: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "A Cognito access token." },
      },
      schemas: { ...Object.fromEntries(all.flatMap(namedSchemas)), Problem: jsonSchema(Problem) },
    },
  };
}

function namedSchemas(route: RouteDefinition): [string, JsonSchema][] {
  const [answer] = Object.values(route.responses).filter(({ media }) => media === undefined);
  return [
    ...(route.body === undefined ? [] : [[`${pascal(route.id)}Body`, jsonSchema(route.body)] as [string, JsonSchema]]),
    ...(answer === undefined ? [] : [[`${pascal(route.id)}Answer`, jsonSchema(answer.body)] as [string, JsonSchema]]),
  ];
}

/** An example whose route is only known by its id. */
interface AnyExample {
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

function operation(route: RouteDefinition): object {
  const { params, query, body }: AnyExample = EXAMPLES[route.id as RouteId];
  const parameters = [
    ...parametersOf(route.params, "path", params),
    ...parametersOf(route.query, "query", query),
    ...parametersOf(route.headers, "header").map((header) =>
      route.changesCase && header.name === "if-match" ? { ...header, required: true, example: '"4"' } : header,
    ),
  ];
  return {
    operationId: route.id,
    summary: route.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(route.body !== undefined && {
      requestBody: { required: needsBody(route.body), content: json(`${pascal(route.id)}Body`, body) },
    }),
    responses: { ...answers(route), ...problems(route) },
  };
}

/** A body in which nothing is required may be left out whole. */
function needsBody(schema: z.ZodMiniType): boolean {
  return (jsonSchema(schema).required ?? []).length > 0;
}

/** A page needs no token. */
function pageOperation(page: PageDefinition): object {
  const parameters = [...parametersOf(page.params, "path"), ...parametersOf(page.query, "query")];
  const content = Object.fromEntries(
    page.media.map((media) => [media, { schema: media === "application/json" ? {} : { type: "string" } }]),
  );
  const statuses = [400, 404, 429, 500];
  return {
    operationId: page.id,
    summary: page.summary,
    security: [],
    ...(parameters.length > 0 && { parameters }),
    responses: {
      200: { description: "The page.", content },
      ...Object.fromEntries(
        statuses.map((status) => [String(status), { description: titles(status), content: problemContent }]),
      ),
    },
  };
}

function parametersOf(
  schema: z.ZodMiniType | undefined,
  place: "path" | "query" | "header",
  examples: Readonly<Record<string, unknown>> = {},
) {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = jsonSchema(schema);
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: property,
    ...(examples[name] !== undefined && { example: examples[name] }),
  }));
}

function answers(route: RouteDefinition): Record<string, object> {
  const text = { schema: { type: "string" } };
  const headers = {
    ...((route.changesCase || route.id === "read-case") && { ETag: text }),
    ...(route.headers !== undefined && { [REPLAYED_HEADER]: text }),
  };
  return Object.fromEntries(
    Object.entries(route.responses).map(([status, { description, media }]) => [
      status,
      {
        description,
        ...(Object.keys(headers).length > 0 && { headers }),
        content: media === undefined ? json(`${pascal(route.id)}Answer`) : { [media]: text },
      },
    ]),
  );
}

/** The answers of a route that say no. */
function problems(route: RouteDefinition): Record<string, object> {
  return Object.fromEntries(
    problemStatusesOf(route).map((status) => [
      String(status),
      {
        description: titles(status),
        content: GATEWAY_STATUSES.includes(status) ? { ...problemContent, ...gatewayContent } : problemContent,
      },
    ]),
  );
}

/** What API Gateway may answer by itself, before any function is asked: no token that it takes, too many requests, no answer. */
const GATEWAY_STATUSES: readonly number[] = [401, 429, 500];
const gatewayContent = {
  "application/json": { schema: { type: "object", properties: { message: { type: "string" } } } },
};

function titles(status: number): string {
  const kinds = Object.values(PROBLEMS).filter((kind) => kind.status === status);
  return `${kinds.map(({ title }) => title).join("; ")}.`;
}

const problemContent = { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: "#/components/schemas/Problem" } } };

function json(schemaName: string, example?: unknown): object {
  const schema = { $ref: `#/components/schemas/${schemaName}` };
  return { "application/json": { schema, ...(example !== undefined && { example }) } };
}

function pascal(id: string): string {
  return id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

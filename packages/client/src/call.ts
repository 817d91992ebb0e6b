import type { JsonAnswerOf, JsonBodyOf, JsonParamsOf, JsonQueryOf, RouteId } from "@ithaca/contracts";
import type { ClientOptions } from "./client-options.ts";
import { request } from "./request.ts";
import { ROUTE_PATHS } from "./route-paths.ts";

/** What a route is called with; what it does not take is left out. */
export interface Call<Id extends RouteId> {
  readonly params?: JsonParamsOf<Id>;
  readonly query?: JsonQueryOf<Id>;
  readonly body?: JsonBodyOf<Id>;
  /** The version of the case that the change is meant for. */
  readonly ifVersion?: number;
  /** Names the request, so that its repeat is answered and not done again; made up when there is none. */
  readonly idempotencyKey?: string;
}

/** An answer with what its head says. */
export interface Answer<Id extends RouteId> {
  readonly status: number;
  readonly body: JsonAnswerOf<Id>;
  /** The version of the case (ETag), where the answer is about one. */
  readonly version?: number;
  /** The request had been done before; this is the answer of then. */
  readonly replayed: boolean;
}

/** Calls a route. A change gets an Idempotency-Key, so that trying it again does not do it again. */
export async function call<Id extends RouteId>(
  options: ClientOptions,
  id: Id,
  asked: Call<Id> = {},
): Promise<Answer<Id>> {
  const { method, path } = ROUTE_PATHS[id];
  const response = await request(options, {
    method,
    path: fillIn(path, asked.params) + queryString(asked.query),
    headers: {
      ...(method !== "GET" && { "idempotency-key": asked.idempotencyKey ?? crypto.randomUUID() }),
      ...(asked.ifVersion !== undefined && { "if-match": `"${asked.ifVersion}"` }),
    },
    ...(asked.body !== undefined && { body: asked.body }),
  });

  const version = Number(response.headers.get("etag")?.replaceAll('"', "") ?? Number.NaN);
  return {
    status: response.status,
    // A picture is its own text.
    body: (isPicture(response) ? await response.text() : await response.json()) as JsonAnswerOf<Id>,
    replayed: response.headers.get("idempotent-replayed") === "true",
    ...(Number.isInteger(version) && { version }),
  };
}

function isPicture({ headers }: Response): boolean {
  return headers.get("content-type")?.startsWith("image/") === true;
}

function fillIn(path: string, params: unknown): string {
  const values = Object.entries(params ?? {});
  return values.reduce((filled, [name, value]) => filled.replace(`{${name}}`, encodeURIComponent(String(value))), path);
}

function queryString(query: unknown): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

import type { Action } from "@ithaca/domain";
import type * as z from "zod/mini";

/** One answer of a route when all goes well. */
export interface ResponseDefinition<Body extends z.ZodMiniType = z.ZodMiniType> {
  readonly description: string;
  readonly body: Body;
  /** What the body is when it is no JSON: it is then a string. */
  readonly media?: "image/svg+xml";
}

/** A route of the API. Path, query, headers and body are decoded by their schemas; the answer is encoded by its own. */
export interface RouteDefinition {
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** As API Gateway and OpenAPI write it: `/v1/cases/{number}`. */
  readonly path: `/v1/${string}`;
  /** What the caller must be allowed to do. There is no route without one. */
  readonly action: Action;
  readonly summary: string;
  /** A change of a case: needs If-Match (428 without, 412 when stale) and answers with an ETag. */
  readonly changesCase: boolean;
  /** May be refused for what stands (409), though it changes no case. */
  readonly conflicts?: true;
  readonly params?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly headers?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  readonly responses: Readonly<Record<number, ResponseDefinition>>;
}

/** Checks a route and keeps its exact type. */
export function defineRoute<const Route extends RouteDefinition>(route: Route): Route {
  return route;
}

import {
  FIELD_ERRORS_MAX,
  type FieldError,
  type PageDefinition,
  type RouteDefinition,
  readPart,
} from "@ithaca/contracts";
import type { Principal } from "@ithaca/domain";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import * as z from "zod/mini";
import { canonicalHash } from "./canonical-hash.ts";
import { readBody } from "./read-body.ts";
import { type Idempotency, type No, no } from "./request.ts";

/** What of an HTTP API's event is read. */
export type HttpRequest = Pick<
  APIGatewayProxyEventV2,
  "body" | "headers" | "isBase64Encoded" | "pathParameters" | "queryStringParameters"
>;

/** The parts of a request by the schemas of its route. */
interface WellFormed {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly ifVersion?: number;
  readonly idempotency?: Idempotency;
}

/** The headers that have a meaning here; a route names those that it reads. */
const ReadHeaders = z.object({
  "idempotency-key": z.optional(z.string()),
  "if-match": z.optional(z.number()),
});

/** The path and query of a page that anybody may see, or the no that names everything that is wrong with them. */
export function readVisit(page: PageDefinition, request: HttpRequest): { params: unknown; query: unknown } | No {
  const params = readPart(page.params ?? NO_QUERY, request.pathParameters ?? {}, "path");
  const query = readPart(page.query ?? NO_QUERY, request.queryStringParameters ?? {}, "query");
  const errors = [params, query].flatMap((read) => (read.ok ? [] : read.errors));
  if (!params.ok || !query.ok) return no("invalid-request", { errors });
  return { params: params.value, query: query.value };
}

/** A request as its route describes it, or the no that names everything that is wrong with it. */
export function readRequest(route: RouteDefinition, request: HttpRequest, principal: Principal): WellFormed | No {
  const sent = readBody(request.body, request.isBase64Encoded);
  if ("problem" in sent) return sent;

  const errors: FieldError[] = [];
  const part = (schema: z.ZodMiniType | undefined, value: unknown, prefix?: string) => {
    if (schema === undefined) return undefined;
    const read = readPart(schema, value, prefix);
    if (read.ok) return read.value;
    errors.push(...read.errors);
    return undefined;
  };

  const params = part(route.params, request.pathParameters ?? {}, "path");
  const query = part(route.query ?? NO_QUERY, request.queryStringParameters ?? {}, "query");
  const headers = part(route.headers, request.headers, "headers");
  const body = part(route.body ?? NO_BODY, sent.json);
  if (errors.length > 0) return no("invalid-request", { errors: errors.slice(0, FIELD_ERRORS_MAX) });

  const { "if-match": ifVersion, "idempotency-key": key } = z.parse(ReadHeaders, headers ?? {});
  if (route.changesCase && ifVersion === undefined) return no("version-needed");
  return {
    params,
    query: route.query === undefined ? undefined : query,
    body: route.body === undefined ? undefined : body,
    ...(ifVersion !== undefined && { ifVersion }),
    ...(key !== undefined && {
      idempotency: {
        principalId: principal.id,
        key,
        bodyHash: canonicalHash({ route: route.id, path: request.pathParameters ?? {}, body: sent.json }),
      },
    }),
  };
}

/** A route without a query or a body takes none: what would have no effect is refused. */
const NO_QUERY = z.strictObject({});
const NO_BODY = z.strictObject({});

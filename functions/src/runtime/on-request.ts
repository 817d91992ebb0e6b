import {
  PROBLEM_MEDIA_TYPE,
  type Problem,
  problem,
  REPLAYED_HEADER,
  type RouteDefinition,
  type RouteId,
  routes,
  VersionTag,
} from "@ithaca/contracts";
import { authorize } from "@ithaca/domain";
import type { Directory } from "@ithaca/store";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import * as z from "zod/mini";
import { callerOf } from "./caller.ts";
import type { Connect } from "./connect.ts";
import { httpResponse } from "./http-response.ts";
import { invocation } from "./invocation.ts";
import type { Line } from "./line.ts";
import type { Manifest } from "./manifest.ts";
import { type HttpRequest, readRequest } from "./read-request.ts";
import type { Answer, Asked, Done } from "./request.ts";

type RouteManifest = Manifest & { readonly trigger: { readonly kind: "route" } };

/** Every route knows its caller, so every route's function reads the directory. */
export interface FindsCallers {
  readonly directory: Pick<Directory, "principalOfSubject">;
}

/** An event of the HTTP API behind its JWT authorizer. */
export type HttpEvent = HttpRequest & {
  readonly requestContext: {
    readonly requestId: string;
    readonly authorizer?: { readonly jwt?: { readonly claims?: unknown } };
  };
};

/**
 * The handler of a route: finds the caller by the token, reads the request by the route's schemas, and answers what the
 * function decides; a fault is answered without its details, which are in the log under the request's id.
 */
export function onRequest<const M extends RouteManifest, P>(
  manifest: M,
  handle: (asked: Asked<M["trigger"]["route"]>, ports: P) => Promise<Answer<M["trigger"]["route"]>>,
  connect: Connect<z.output<M["env"]>, P & FindsCallers>,
) {
  type Id = M["trigger"]["route"];
  const route: RouteDefinition = routes[manifest.trigger.route];

  return invocation<M, HttpEvent, APIGatewayProxyStructuredResultV2, P & FindsCallers>(
    manifest,
    connect,
    (event, ports, { awsRequestId }, line) =>
      respond<Id, P>(route, handle, { event, ports, requestId: awsRequestId, line }),
    ({ awsRequestId }) => faultResponse(awsRequestId),
  );
}

/** One request to a route, with what answers it. */
interface Invoked<P> {
  readonly event: HttpEvent;
  readonly ports: P & FindsCallers;
  readonly requestId: string;
  readonly line: Line;
}

/** Answers a request to a route by its handler. */
export async function respond<Id extends RouteId, P>(
  route: RouteDefinition,
  handle: (asked: Asked<Id>, ports: P) => Promise<Answer<Id>>,
  { event, ports, requestId, line }: Invoked<P>,
): Promise<APIGatewayProxyStructuredResultV2> {
  const answer = await answerTo<Id, P>(route, event, ports, handle);
  return "problem" in answer ? problemResponse(answer.problem, requestId, line) : doneResponse(route, answer, line);
}

/** The answer when something failed: without the details, which are in the log under the request's id. */
export function faultResponse(requestId: string): APIGatewayProxyStructuredResultV2 {
  return httpResponse(500, PROBLEM_MEDIA_TYPE, JSON.stringify({ ...problem("fault"), requestId }));
}

async function answerTo<Id extends RouteId, P>(
  route: RouteDefinition,
  event: HttpEvent,
  ports: P & FindsCallers,
  handle: (asked: Asked<Id>, ports: P) => Promise<Answer<Id>>,
): Promise<Answer<Id>> {
  const principal = await callerOf(event.requestContext.authorizer?.jwt?.claims, ports.directory);
  if (principal === undefined) return { problem: problem("not-signed-in") };
  const request = readRequest(route, event, principal);
  if ("problem" in request) return request;

  let granted = false;
  const may: Asked<Id>["may"] = (resource) => {
    granted = authorize(principal, route.action, resource);
    return granted;
  };
  // The parts were read by this route's own schemas, which is what the types are made of.
  const answer = await handle({ ...request, principal, may } as Asked<Id>, ports);
  if (!("problem" in answer) && !granted) throw new Error(`${route.id} answered without asking whether it may`);
  return answer;
}

function doneResponse(route: RouteDefinition, done: Done<unknown>, line: Line): APIGatewayProxyStructuredResultV2 {
  const described = route.responses[done.status];
  if (described === undefined) throw new Error(`${route.id} is not described to answer ${done.status}`);
  line.note({ status: done.status, ...(done.version !== undefined && { version: done.version }) });
  const media = described.media ?? "application/json";
  const body = z.encode(described.body, done.body);
  // A picture is its own text; everything else is JSON.
  const text = media === "image/svg+xml" ? String(body) : JSON.stringify(body);
  return httpResponse(done.status, media, text, {
    ...(done.version !== undefined && { etag: z.encode(VersionTag, done.version) }),
    ...(done.location !== undefined && { location: done.location }),
    ...(done.replayed === true && { [REPLAYED_HEADER]: "true" }),
  });
}

function problemResponse(no: Problem, requestId: string, line: Line): APIGatewayProxyStructuredResultV2 {
  line.note({ status: no.status, problem: no.type });
  const challenge = no.status === 401 ? { "www-authenticate": "Bearer" } : {};
  return httpResponse(no.status, PROBLEM_MEDIA_TYPE, JSON.stringify({ ...no, requestId }), challenge);
}

import { type RouteId, routes } from "@ithaca/contracts";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type * as z from "zod/mini";
import type { Connect } from "./connect.ts";
import { invocation } from "./invocation.ts";
import type { Manifest } from "./manifest.ts";
import { type FindsCallers, faultResponse, type HttpEvent, respond } from "./on-request.ts";
import type { Answer, Asked } from "./request.ts";

type RoutesManifest = Manifest & { readonly trigger: { readonly kind: "routes" } };

/** What answers each of some routes. */
export type Handlers<Ids extends RouteId, P> = {
  readonly [Id in Ids]: (asked: Asked<Id>, ports: P) => Promise<Answer<Id>>;
};

type Intersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** All the ports that the handlers of some routes use. */
export type PortsOf<H> = Intersection<
  { [Id in keyof H]: H[Id] extends (asked: never, ports: infer P) => unknown ? P : never }[keyof H]
>;

/** An event of the HTTP API that says which route it is for: `PUT /v1/cases/{number}/team`. */
type RoutedEvent = HttpEvent & { readonly routeKey: string };

/** The handler of several routes: each request goes to the function of its route, as `onRequest` would have it. */
export function onRoutes<const M extends RoutesManifest, H extends Handlers<M["trigger"]["routes"][number], never>>(
  manifest: M,
  handlers: H,
  connect: Connect<z.output<M["env"]>, PortsOf<H> & FindsCallers>,
) {
  type P = PortsOf<H>;
  const ids: readonly RouteId[] = manifest.trigger.routes;
  const byKey = new Map(ids.map((id) => [`${routes[id].method} ${routes[id].path}`, id]));

  return invocation<M, RoutedEvent, APIGatewayProxyStructuredResultV2, P & FindsCallers>(
    manifest,
    connect,
    (event, ports, { awsRequestId: requestId }, line) => {
      const id = byKey.get(event.routeKey);
      if (id === undefined) throw new Error(`${manifest.name} does not answer ${event.routeKey}`);
      line.note({ route: id });
      // The handler under a route's id is of that route: which one it is, is known only now.
      const handle = (handlers as unknown as Handlers<RouteId, P>)[id] as Handlers<RouteId, P>["read-case"];
      return respond<"read-case", P>(routes[id], handle, { event, ports, requestId, line });
    },
    ({ awsRequestId }) => faultResponse(awsRequestId),
  );
}

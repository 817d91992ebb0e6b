import type { RouteDefinition } from "./define-route.ts";

/** The statuses that a route may answer no with, as the published description lists them: any other is a mistake. */
export function problemStatusesOf(route: RouteDefinition): readonly number[] {
  // What is too large is refused before anybody asks whether the route takes a body.
  const statuses = [400, 401, 404, 413, 429, 500];
  // A key that was used for another request is refused whether there is a body or not.
  if (route.body !== undefined || route.headers !== undefined) statuses.push(422);
  if (route.changesCase) statuses.push(412, 428);
  if (route.changesCase || route.method === "PUT" || route.conflicts === true) statuses.push(409);
  return statuses;
}

import type { RouteId, Routes } from "@ithaca/contracts";

/**
 * Method and path of each route. Written out, so that a browser need not load the schemas; one that is not as in the
 * contract does not compile.
 */
export const ROUTE_PATHS: {
  readonly [Id in RouteId]: { readonly method: Routes[Id]["method"]; readonly path: Routes[Id]["path"] };
} = {
  "send-message": { method: "POST", path: "/v1/messages" },
  "list-cases": { method: "GET", path: "/v1/cases" },
  "count-cases": { method: "GET", path: "/v1/case-counts" },
  "list-changes": { method: "GET", path: "/v1/case-changes" },
  "read-case": { method: "GET", path: "/v1/cases/{number}" },
  "explain-clock": { method: "GET", path: "/v1/cases/{number}/clocks/{metric}/explanation" },
  "draw-clock": { method: "GET", path: "/v1/cases/{number}/clocks/{metric}/explanation.svg" },
  "waive-breach": { method: "POST", path: "/v1/cases/{number}/clocks/{metric}/waiver" },
  "write-reply": { method: "POST", path: "/v1/cases/{number}/replies" },
  "write-note": { method: "POST", path: "/v1/cases/{number}/notes" },
  "take-case": { method: "PUT", path: "/v1/cases/{number}/assignee" },
  "change-priority": { method: "PUT", path: "/v1/cases/{number}/priority" },
  "resolve-case": { method: "POST", path: "/v1/cases/{number}/resolution" },
  "change-team": { method: "PUT", path: "/v1/cases/{number}/team" },
  "change-status": { method: "PUT", path: "/v1/cases/{number}/status" },
  "change-tags": { method: "PUT", path: "/v1/cases/{number}/tags" },
  "change-fields": { method: "PUT", path: "/v1/cases/{number}/fields" },
  "change-marks": { method: "PUT", path: "/v1/cases/{number}/marks" },
  "change-collaborators": { method: "PUT", path: "/v1/cases/{number}/collaborators" },
  "add-participant": { method: "POST", path: "/v1/cases/{number}/participants" },
  "remove-participant": { method: "DELETE", path: "/v1/cases/{number}/participants/{personId}" },
  "merge-case": { method: "PUT", path: "/v1/cases/{number}/merges/{other}" },
  "unmerge-case": { method: "DELETE", path: "/v1/cases/{number}/merges/{other}" },
  "split-case": { method: "POST", path: "/v1/cases/{number}/splits" },
  "link-case": { method: "PUT", path: "/v1/cases/{number}/links/{link}/{other}" },
  "unlink-case": { method: "DELETE", path: "/v1/cases/{number}/links/{link}/{other}" },
  "read-account": { method: "GET", path: "/v1/accounts/{id}" },
  "put-account": { method: "PUT", path: "/v1/accounts/{id}" },
  "find-person": { method: "GET", path: "/v1/people" },
  "read-person": { method: "GET", path: "/v1/people/{id}" },
  "put-person": { method: "PUT", path: "/v1/people/{id}" },
  "read-principal": { method: "GET", path: "/v1/principals/{id}" },
  "put-agent": { method: "PUT", path: "/v1/agents/{id}" },
  "put-channel": { method: "PUT", path: "/v1/channels/{id}" },
  "read-self": { method: "GET", path: "/v1/me" },
  "list-calendars": { method: "GET", path: "/v1/calendars" },
  "read-calendar": { method: "GET", path: "/v1/calendars/{id}" },
  "list-openings": { method: "GET", path: "/v1/calendars/{id}/openings" },
  "find-opening": { method: "GET", path: "/v1/calendars/{id}/next" },
  "add-open-time": { method: "GET", path: "/v1/calendars/{id}/add" },
  "measure-open-time": { method: "GET", path: "/v1/calendars/{id}/between" },
  "explain-open-time": { method: "GET", path: "/v1/calendars/{id}/explain" },
  "read-coverage": { method: "GET", path: "/v1/coverage" },
};

import { defineRoute, type RouteDefinition } from "./define-route.ts";
import { AttainmentQuery, AttainmentView } from "./shapes/report-shapes.ts";

/** Routes about how the desk kept its promises. */
export const reportRoutes = {
  "report-attainment": defineRoute({
    id: "report-attainment",
    method: "GET",
    path: "/v1/reports/attainment",
    action: "report.read",
    summary:
      "Tells what part of the promises was met, by month, metric, priority, team and package; nothing is counted anew.",
    changesCase: false,
    query: AttainmentQuery,
    responses: { 200: { description: "How many were met, broken, and broken but excused.", body: AttainmentView } },
  }),
} as const satisfies Readonly<Record<string, RouteDefinition>>;

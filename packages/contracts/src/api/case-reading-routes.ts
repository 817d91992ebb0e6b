import { CaseNumber, Metric } from "@ithaca/domain";
import * as z from "zod/mini";
import { defineRoute, type RouteDefinition } from "./define-route.ts";
import {
  CaseChanges,
  CaseCounts,
  CaseList,
  CaseListQuery,
  CaseParams,
  CaseWhole,
  ChangesQuery,
} from "./shapes/case-shapes.ts";
import { ClockExplanation } from "./shapes/clock-explanation.ts";

/** Routes that show cases: lists, counts, the live feed, one case whole, why it is due. */
export const caseReadingRoutes = {
  "list-cases": defineRoute({
    id: "list-cases",
    method: "GET",
    path: "/v1/cases",
    action: "case.list",
    summary: "Lists the cases of a view, of one team or of the whole desk, the most pressing first.",
    changesCase: false,
    query: CaseListQuery,
    responses: { 200: { description: "A page of cases, by due and then by last change.", body: CaseList } },
  }),
  "count-cases": defineRoute({
    id: "count-cases",
    method: "GET",
    path: "/v1/case-counts",
    action: "case.list",
    summary: "Says how many cases are in each list of each team, and of the caller.",
    changesCase: false,
    responses: { 200: { description: "The counts.", body: CaseCounts } },
  }),
  "list-changes": defineRoute({
    id: "list-changes",
    method: "GET",
    path: "/v1/case-changes",
    action: "case.list",
    summary: "Follows the cases of the desk as they change: ask again with the cursor of the last answer.",
    changesCase: false,
    query: ChangesQuery,
    responses: { 200: { description: "What changed since the cursor.", body: CaseChanges } },
  }),
  "read-case": defineRoute({
    id: "read-case",
    method: "GET",
    path: "/v1/cases/{number}",
    action: "case.read",
    summary: "Shows one case whole; the ETag is its version.",
    changesCase: false,
    params: CaseParams,
    responses: { 200: { description: "The case.", body: CaseWhole } },
  }),
  "explain-clock": defineRoute({
    id: "explain-clock",
    method: "GET",
    path: "/v1/cases/{number}/clocks/{metric}/explanation",
    action: "case.explain",
    summary: "Explains the due of a clock: the rule, the spans that count, the holidays that do not.",
    changesCase: false,
    conflicts: true,
    params: z.object({ number: CaseNumber, metric: Metric }),
    responses: { 200: { description: "Why it is due when it is.", body: ClockExplanation } },
  }),
  "draw-clock": defineRoute({
    id: "draw-clock",
    method: "GET",
    path: "/v1/cases/{number}/clocks/{metric}/explanation.svg",
    action: "case.explain",
    summary: "Draws the explanation of a clock as a bar: open, closed, holidays, pauses, the due and now.",
    changesCase: false,
    conflicts: true,
    params: z.object({ number: CaseNumber, metric: Metric }),
    responses: { 200: { description: "The picture.", body: z.string(), media: "image/svg+xml" } },
  }),
} as const satisfies Readonly<Record<string, RouteDefinition>>;

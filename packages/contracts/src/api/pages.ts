import type { Action } from "@ithaca/domain";
import type * as z from "zod/mini";
import { CoveragePictureQuery, PublishedCalendarParams } from "./shapes/calendar-shapes.ts";

/**
 * What anybody may see without signing in. Pages are no routes: a route is never without a token, and a page never gets
 * to know a caller.
 */
export interface PageDefinition {
  readonly id: string;
  readonly method: "GET";
  readonly path: `/${string}`;
  /** An action that the table of grants gives to visitors. */
  readonly action: Action;
  readonly summary: string;
  /** Why nobody has to sign in to see it. */
  readonly publicBecause: string;
  /** The media types that it comes in. */
  readonly media: readonly PageMedia[];
  readonly params?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
}

export type PageMedia = "text/html" | "text/calendar" | "application/json" | "image/svg+xml";

function definePage<const Page extends PageDefinition>(page: Page): Page {
  return page;
}

/** Every public page, by its id. */
export const pages = {
  "show-calendars": definePage({
    id: "show-calendars",
    method: "GET",
    path: "/calendars",
    action: "calendar.visit",
    summary: "The hours of every team, and a picture of who covers the year.",
    publicBecause: "customers plan by the hours of the desk before they have an account",
    media: ["text/html"],
  }),
  "show-calendar": definePage({
    id: "show-calendar",
    method: "GET",
    path: "/calendars/{page}",
    action: "calendar.visit",
    summary: "One calendar: a page, an iCalendar feed (.ics) or data (.json).",
    publicBecause: "calendar programs subscribe to a feed and cannot sign in",
    media: ["text/html", "text/calendar", "application/json"],
    params: PublishedCalendarParams,
  }),
  "draw-coverage": definePage({
    id: "draw-coverage",
    method: "GET",
    path: "/coverage.svg",
    action: "calendar.visit",
    summary: "A picture of a year: when which team is there, when both are, when nobody is.",
    publicBecause: "it shows what the published hours say, and stands in the public page",
    media: ["image/svg+xml"],
    query: CoveragePictureQuery,
  }),
  "show-api": definePage({
    id: "show-api",
    method: "GET",
    path: "/api",
    action: "calendar.visit",
    summary: "The API as a page to read: every route, what it takes, an example, what it answers.",
    publicBecause: "whoever writes a program for the desk reads it before they have an account",
    media: ["text/html"],
  }),
  "show-openapi": definePage({
    id: "show-openapi",
    method: "GET",
    path: "/openapi.json",
    action: "calendar.visit",
    summary: "The API as an OpenAPI 3.1 document.",
    publicBecause: "programs that make clients read it without signing in",
    media: ["application/json"],
  }),
  "show-policy-schema": definePage({
    id: "show-policy-schema",
    method: "GET",
    path: "/policy.schema.json",
    action: "calendar.visit",
    summary: "The JSON Schema of a file of rules, by which editors complete it.",
    publicBecause: "editors read it without signing in, and it says nothing of this desk's own rules",
    media: ["application/json"],
  }),
  "show-cases-schema": definePage({
    id: "show-cases-schema",
    method: "GET",
    path: "/policy.cases.schema.json",
    action: "calendar.visit",
    summary: "The JSON Schema of a file of cases that a policy is tested by, by which editors complete it.",
    publicBecause: "editors read it without signing in, and it says nothing of this desk's own rules",
    media: ["application/json"],
  }),
} as const satisfies Readonly<Record<string, PageDefinition>>;

export type Pages = typeof pages;
export type PageId = keyof Pages;

type PartOf<Id extends PageId, Part extends string> = Pages[Id] extends { readonly [P in Part]: infer Schema }
  ? z.output<Extract<Schema, z.ZodMiniType>>
  : undefined;

/** A page's parts as a function has them, decoded. */
export type PageParamsOf<Id extends PageId> = PartOf<Id, "params">;
export type PageQueryOf<Id extends PageId> = PartOf<Id, "query">;

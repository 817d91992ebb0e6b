import { defineRoute, type RouteDefinition } from "./define-route.ts";
import { SendHeaders } from "./headers.ts";
import { PreviewBody, PreviewParams, PreviewView } from "./shapes/preview-shapes.ts";

/** Routes about what other rules would have changed. */
export const previewRoutes = {
  "start-preview": defineRoute({
    id: "start-preview",
    method: "POST",
    path: "/v1/policy/previews",
    action: "rules.preview",
    summary: "Begins to work out what a policy or calendars would have changed; nothing is changed by it.",
    changesCase: false,
    headers: SendHeaders,
    body: PreviewBody,
    responses: { 202: { description: "It is being worked out; Location says where to look.", body: PreviewView } },
  }),
  "read-preview": defineRoute({
    id: "read-preview",
    method: "GET",
    path: "/v1/policy/previews/{id}",
    action: "rules.preview",
    summary: "Shows how far a preview has come, and its result once it is done. It is kept for a week.",
    changesCase: false,
    params: PreviewParams,
    responses: { 200: { description: "The preview.", body: PreviewView } },
  }),
} as const satisfies Readonly<Record<string, RouteDefinition>>;

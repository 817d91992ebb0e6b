import { defineRoute, type RouteDefinition } from "./define-route.ts";
import { SendHeaders } from "./headers.ts";
import {
  PolicyBody,
  PolicyReceipt,
  PolicyVersionParams,
  PolicyVersions,
  PolicyVersionWhole,
} from "./shapes/rules-shapes.ts";

/** Routes about the versions of the policy. */
export const rulesRoutes = {
  "list-policy-versions": defineRoute({
    id: "list-policy-versions",
    method: "GET",
    path: "/v1/policy/versions",
    action: "rules.read",
    summary:
      "Lists the versions of the policy, the newest first: who made which, when and why, and from when it is in force.",
    changesCase: false,
    responses: { 200: { description: "The versions.", body: PolicyVersions } },
  }),
  "read-policy-version": defineRoute({
    id: "read-policy-version",
    method: "GET",
    path: "/v1/policy/versions/{version}",
    action: "rules.read",
    summary: "Shows a version of the policy.",
    changesCase: false,
    params: PolicyVersionParams,
    responses: { 200: { description: "The version.", body: PolicyVersionWhole } },
  }),
  "apply-policy": defineRoute({
    id: "apply-policy",
    method: "POST",
    path: "/v1/policy/versions",
    action: "rules.apply",
    summary:
      "Makes the next version of the policy, and of calendars that come with it, in force from an instant to come.",
    changesCase: false,
    conflicts: true,
    headers: SendHeaders,
    body: PolicyBody,
    responses: { 201: { description: "The version was made; Location says where it is.", body: PolicyReceipt } },
  }),
} as const satisfies Readonly<Record<string, RouteDefinition>>;

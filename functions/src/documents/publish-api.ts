import document from "@ithaca/contracts/openapi.json" with { type: "json" };
import casesSchema from "@ithaca/policy/policy.cases.schema.json" with { type: "json" };
import policySchema from "@ithaca/policy/policy.schema.json" with { type: "json" };
import { connect } from "../runtime/connect.ts";
import { onVisit, type Page } from "../runtime/on-visit.ts";
import { API_STYLE, type Openapi, renderApi } from "./api-page.ts";
import { manifest } from "./publish-api.manifest.ts";

/** The document is of this deployment: it changes with the next one. */
const KEPT_SECONDS = 3_600;

/** The API as a page to read. */
export async function showApi(_visit: unknown, { settings }: { settings: { DESK_URL: string } }): Promise<Page> {
  const text = renderApi(document as unknown as Openapi, settings.DESK_URL);
  return { media: "text/html", text, style: API_STYLE, keptSeconds: KEPT_SECONDS };
}

/** The API as a document for programs. */
export async function showOpenapi(_visit: unknown, _ports: unknown): Promise<Page> {
  return { media: "application/json", text: JSON.stringify(document), keptSeconds: KEPT_SECONDS };
}

/** What a file of rules holds, for editors. */
export async function showPolicySchema(_visit: unknown, _ports: unknown): Promise<Page> {
  return { media: "application/json", text: JSON.stringify(policySchema), keptSeconds: KEPT_SECONDS };
}

/** What a file of cases that a policy is tested by holds, for editors. */
export async function showCasesSchema(_visit: unknown, _ports: unknown): Promise<Page> {
  return { media: "application/json", text: JSON.stringify(casesSchema), keptSeconds: KEPT_SECONDS };
}

/** What shows each page of the API. */
export const documents = {
  "show-api": showApi,
  "show-openapi": showOpenapi,
  "show-policy-schema": showPolicySchema,
  "show-cases-schema": showCasesSchema,
};

export const handler = onVisit(manifest, documents, connect());

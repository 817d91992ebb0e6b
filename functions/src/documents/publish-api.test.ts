import { pages, routes } from "@ithaca/contracts";
import casesSchema from "@ithaca/policy/policy.cases.schema.json" with { type: "json" };
import policySchema from "@ithaca/policy/policy.schema.json" with { type: "json" };
import { describe, expect, test, vi } from "vitest";
import { LAMBDA_CONTEXT } from "../fixtures/lambda-context.ts";
import { httpEvent } from "../fixtures/request-desk.ts";
import { onVisit } from "../runtime/on-visit.ts";
import { renderApi } from "./api-page.ts";
import { manifest } from "./publish-api.manifest.ts";
import { documents } from "./publish-api.ts";

async function visit(routeKey: string) {
  vi.stubEnv("DESK_URL", "https://desk.example");
  const handler = onVisit(manifest, documents, () => ({ settings: { DESK_URL: "https://desk.example" } }));
  const { statusCode, headers, body } = await handler({ ...httpEvent({}), routeKey }, LAMBDA_CONTEXT);
  return { status: statusCode, head: headers as Record<string, string>, text: body ?? "" };
}

describe("when somebody wants to write a program for the desk", () => {
  test("the page has every route and page, an example of each, and nothing that runs", async () => {
    const { status, head, text } = await visit("GET /api");
    expect(status).toBe(200);
    expect(head["content-type"]).toBe("text/html; charset=utf-8");
    expect(head["content-security-policy"]).toMatch(/^default-src 'none'; .*style-src 'sha256-/);
    const known = [...Object.values(routes), ...Object.values(pages)];
    expect(text.match(/<section /g)).toHaveLength(known.length);
    for (const { id, method, path } of known) {
      expect(text).toContain(`<section id="${id}">\n<h2><code>${method} ${path}</code></h2>`);
    }
    expect(text).toContain("PUT /v1/cases/148203917/team\nif-match: &quot;4&quot;");
    expect(text).not.toMatch(/<script|javascript:|undefined|\[object/);
  });

  test("the document is the one that is committed", async () => {
    const { head, text } = await visit("GET /openapi.json");
    expect(head["content-type"]).toContain("application/json");
    expect(Object.keys(JSON.parse(text).paths)).toContain("/v1/cases/{number}");
  });

  test("the schema of a policy is the one that is committed", async () => {
    const { status, head, text } = await visit("GET /policy.schema.json");
    expect([status, head["content-type"]]).toEqual([200, "application/json; charset=utf-8"]);
    expect(JSON.parse(text)).toEqual(policySchema);
    expect(Object.keys(policySchema.$defs.policy.properties)).toContain("targets");
  });

  test("the schema of the cases of a policy is the one that is committed", async () => {
    const { status, text } = await visit("GET /policy.cases.schema.json");
    expect([status, JSON.parse(text)]).toEqual([200, casesSchema]);
    expect(Object.keys(casesSchema.properties.cases.items.properties)).toContain("expect");
  });

  test("what stands in a description is text", () => {
    const operation = { operationId: "x", summary: "<b>&</b>", responses: { 200: { description: '"<i>"' } } };
    const html = renderApi(
      {
        info: { title: "<T>", description: "" },
        paths: { "/<p>": { get: operation } },
        components: { schemas: {} },
      },
      "https://desk.example",
    );
    expect(html).not.toMatch(/<b>|<i>|<T>|GET \/<p>/);
    expect(html).toContain("&lt;b&gt;&amp;&lt;/b&gt;");
  });
});

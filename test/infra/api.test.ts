import { routes } from "@ithaca/contracts";
import type { Manifest } from "@ithaca/functions/manifest";
import { manifests } from "@ithaca/infra";
import { describe, expect, test } from "vitest";
import { asText, deskTemplates, referred, resourcesOf } from "./desk-templates.ts";

const { desk } = deskTemplates();
const deployed = resourcesOf(desk, "AWS::ApiGatewayV2::Route");
const authorizers = resourcesOf(desk, "AWS::ApiGatewayV2::Authorizer");
const integrations = Object.fromEntries(resourcesOf(desk, "AWS::ApiGatewayV2::Integration"));
const functions = Object.fromEntries(resourcesOf(desk, "AWS::Lambda::Function"));

function routesOf(trigger: Manifest["trigger"]) {
  if (trigger.kind === "routes") return trigger.routes;
  return trigger.kind === "route" ? [trigger.route] : [];
}

describe("the API", () => {
  test("has each route of the contracts, once, and no other", () => {
    const told = Object.values(routes).map(({ method, path }) => `${method} ${path}`);
    expect(told.length).toBeGreaterThan(0);
    expect(deployed.map(([, { Properties }]) => Properties.RouteKey).toSorted()).toEqual(told.toSorted());
  });

  test.each(deployed)("%s wants a token that the authorizer takes", (_, { Properties }) => {
    expect(Properties.AuthorizationType).toBe("JWT");
    expect(authorizers.map(([id]) => id)).toEqual([referred(Properties.AuthorizerId)]);
  });

  test.each(authorizers)("%s takes the tokens of this desk's people and channels only", (_, { Properties }) => {
    const issuer = asText(Properties.JwtConfiguration.Issuer, "*");
    expect(issuer).toBe("https://cognito-idp.*.amazonaws.com/*");
    expect(Properties.JwtConfiguration.Audience).toHaveLength(6);
  });

  test.each(
    manifests.flatMap(({ name, trigger }: Manifest) => routesOf(trigger).map((route) => [name, route] as const)),
  )("%s answers %s", (name, route) => {
    const { method, path } = routes[route];
    const answering = deployed.find(([, { Properties }]) => Properties.RouteKey === `${method} ${path}`)?.[1];
    const target = answering?.Properties.Target["Fn::Join"][1].at(-1);
    const integration = integrations[referred(target) ?? ""];
    const lambda = functions[referred(integration?.Properties.IntegrationUri) ?? ""];
    expect(lambda?.Properties.FunctionName).toBe(`Ithaca-${name}`);
  });

  test.each(resourcesOf(desk, "AWS::ApiGatewayV2::Stage"))(
    "%s limits the rate and logs who asked for what",
    (_, stage) => {
      const { DefaultRouteSettings: limits, AccessLogSettings: log } = stage.Properties;
      expect(limits.ThrottlingRateLimit).toBeGreaterThan(0);
      expect(limits.ThrottlingBurstLimit).toBeGreaterThanOrEqual(limits.ThrottlingRateLimit);
      expect(JSON.parse(log.Format)).toMatchObject({ requestId: "$context.requestId", status: "$context.status" });
    },
  );
});

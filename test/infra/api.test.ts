import { CROSS_ORIGIN, pages, routes } from "@ithaca/contracts";
import type { Manifest } from "@ithaca/functions/manifest";
import { manifests } from "@ithaca/infra";
import { describe, expect, test } from "vitest";
import { asText, deskTemplates, referred, resourcesOf } from "./desk-templates.ts";

const { desk } = deskTemplates();
const deployed = resourcesOf(desk, "AWS::ApiGatewayV2::Route");
const authorizers = resourcesOf(desk, "AWS::ApiGatewayV2::Authorizer");
const integrations = Object.fromEntries(resourcesOf(desk, "AWS::ApiGatewayV2::Integration"));
const functions = Object.fromEntries(resourcesOf(desk, "AWS::Lambda::Function"));

const keyOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
const keys = (authorization: string) =>
  deployed
    .filter(([, { Properties }]) => Properties.AuthorizationType === authorization)
    .map(([, { Properties }]) => Properties.RouteKey)
    .toSorted();

/** The keys of all that a function answers, by its manifest. */
function keysOf(trigger: Manifest["trigger"]): string[] {
  if (trigger.kind === "pages") return trigger.pages.map((page) => keyOf(pages[page]));
  if (trigger.kind === "routes") return trigger.routes.map((route) => keyOf(routes[route]));
  return trigger.kind === "route" ? [keyOf(routes[trigger.route])] : [];
}

describe("the API", () => {
  test("has each route of the contracts, once, and takes none without a token", () => {
    const told = Object.values(routes).map(keyOf);
    expect(told.length).toBeGreaterThan(0);
    expect(keys("JWT")).toEqual(told.toSorted());
  });

  test("has each public page of the contracts, once, and nothing else is public", () => {
    const told = Object.values(pages).map(keyOf);
    expect(told.length).toBeGreaterThan(0);
    expect(keys("NONE")).toEqual(told.toSorted());
    expect(deployed).toHaveLength(keys("JWT").length + keys("NONE").length);
  });

  test("has one authorizer, which every route names", () => {
    const named = deployed.flatMap(([, { Properties }]) => referred(Properties.AuthorizerId) ?? []);
    expect(authorizers).toHaveLength(1);
    expect(named).toHaveLength(keys("JWT").length);
    expect([...new Set(named)]).toEqual(authorizers.map(([id]) => id));
  });

  test.each(authorizers)("%s takes the tokens of this desk's people and channels only", (_, { Properties }) => {
    const issuer = asText(Properties.JwtConfiguration.Issuer, "*");
    expect(issuer).toBe("https://cognito-idp.*.amazonaws.com/*");
    expect(Properties.JwtConfiguration.Audience).toHaveLength(6);
  });

  test.each(manifests.flatMap(({ name, trigger }: Manifest) => keysOf(trigger).map((key) => [name, key] as const)))(
    "%s answers %s",
    (name, key) => {
      const answering = deployed.find(([, { Properties }]) => Properties.RouteKey === key)?.[1];
      const target = answering?.Properties.Target["Fn::Join"][1].at(-1);
      const integration = integrations[referred(target) ?? ""];
      const lambda = functions[referred(integration?.Properties.IntegrationUri) ?? ""];
      expect(lambda?.Properties.FunctionName).toBe(`Ithaca-${name}`);
    },
  );

  test.each(resourcesOf(desk, "AWS::ApiGatewayV2::Stage"))(
    "%s limits the rate and logs who asked for what",
    (_, stage) => {
      const { DefaultRouteSettings: limits, AccessLogSettings: log } = stage.Properties;
      expect(limits.ThrottlingRateLimit).toBeGreaterThan(0);
      expect(limits.ThrottlingBurstLimit).toBeGreaterThanOrEqual(limits.ThrottlingRateLimit);
      expect(JSON.parse(log.Format)).toMatchObject({ requestId: "$context.requestId", status: "$context.status" });
    },
  );

  test.each(resourcesOf(desk, "AWS::ApiGatewayV2::Stage"))("%s gives strangers a small part of it", (_, stage) => {
    const { DefaultRouteSettings: limits, RouteSettings: pageLimits } = stage.Properties;
    expect(Object.keys(pageLimits).toSorted()).toEqual(keys("NONE"));
    for (const { ThrottlingRateLimit: limit } of Object.values<{ ThrottlingRateLimit: number }>(pageLimits)) {
      expect(limit).toBeLessThan(limits.ThrottlingRateLimit / 4);
    }
  });
});

describe("pages of other origins", () => {
  const corsOf = (template: typeof desk) =>
    resourcesOf(template, "AWS::ApiGatewayV2::Api").map(([, { Properties }]) => Properties.CorsConfiguration);

  test("may not ask the API unless the deployment names them", () => {
    expect(corsOf(desk)).toEqual([undefined]);
  });

  test("that are named may, with what the client sends and reads, and without cookies", () => {
    const origins = "https://desk.ithaca.example,http://localhost:5173";
    expect(corsOf(deskTemplates({ origins }).desk)).toEqual([
      {
        AllowOrigins: origins.split(","),
        AllowMethods: [...CROSS_ORIGIN.methods],
        AllowHeaders: [...CROSS_ORIGIN.requestHeaders],
        ExposeHeaders: [...CROSS_ORIGIN.answerHeaders],
        MaxAge: CROSS_ORIGIN.maxAgeSeconds,
      },
    ]);
  });
});

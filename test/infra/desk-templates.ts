import { pages, routes } from "@ithaca/contracts";
import { deskApp, manifests } from "@ithaca/infra";
import type { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Code } from "aws-cdk-lib/aws-lambda";
import { vi } from "vitest";

/** The templates of a desk's two stacks. */
export interface DeskTemplates {
  readonly data: Template;
  readonly desk: Template;
}

/** A resource of a template: what CloudFormation would make, by its logical id. */
export type Resource = [logicalId: string, resource: ReturnType<Template["findResources"]>[string]];

/** The app with what ships but for the bundles, which no property of a template depends on. */
export function appWithoutBundles(context: Readonly<Record<string, string>> = {}): App {
  return deskApp(context, { manifests, routes, pages, codeOf: () => Code.fromInline("// a bundle") });
}

/** Synthesises the desk. CDK's own validation takes most of the time; validation.test.ts is where it is asked for. */
export function deskTemplates(context: Readonly<Record<string, string>> = {}): DeskTemplates {
  vi.stubEnv("CDK_VALIDATION", "false");
  try {
    const app = appWithoutBundles(context);
    return { data: templateOf(app, "IthacaData"), desk: templateOf(app, "Ithaca") };
  } finally {
    vi.unstubAllEnvs();
  }
}

function templateOf(app: App, stack: string): Template {
  return Template.fromStack(app.node.findChild(stack) as Stack);
}

/** Every resource of a type. Throws when there is none: a check that saw nothing proves nothing. */
export function resourcesOf(template: Template, type: string): Resource[] {
  const found = Object.entries(template.findResources(type));
  if (found.length === 0) throw new Error(`there is no ${type} to check`);
  return found;
}

/** The logical id that a Ref or Fn::GetAtt names, if the value is one. */
export function referred(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if ("Ref" in value) return String(value.Ref);
  if ("Fn::GetAtt" in value && Array.isArray(value["Fn::GetAtt"])) return String(value["Fn::GetAtt"][0]);
  return undefined;
}

/** A value of a template as text, with a stand-in for everything that only a deployment knows. */
export function asText(value: unknown, standIn: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "object" && value !== null && "Fn::Join" in value && Array.isArray(value["Fn::Join"])) {
    const [separator, parts] = value["Fn::Join"];
    return parts.map((part: unknown) => asText(part, standIn)).join(separator);
  }
  return standIn;
}

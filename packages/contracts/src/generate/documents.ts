import { breakingChanges } from "./breaking-changes.ts";
import { eventSchemas } from "./event-schemas.ts";
import type { JsonSchema } from "./json-schema.ts";
import { openapi } from "./openapi.ts";

/** The generated documents, by file name, as they are committed. */
export function documents(): Record<"openapi.json" | "events.json", string> {
  return { "openapi.json": print(openapi()), "events.json": print(eventSchemas()) };
}

function print(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

interface Openapi {
  paths: Record<string, object>;
  components: { schemas: Record<string, JsonSchema> };
}

/** What new documents break for those who built on the old ones. */
export function brokenBy(before: Record<string, string>, after: Record<string, string>): string[] {
  const [apiBefore, apiAfter]: [Openapi, Openapi] = [parse(before["openapi.json"]), parse(after["openapi.json"])];
  const [eventsBefore, eventsAfter]: [
    { details: Record<string, JsonSchema> },
    { details: Record<string, JsonSchema> },
  ] = [parse(before["events.json"]), parse(after["events.json"])];
  return [
    ...Object.entries(apiBefore.paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => !(method in (apiAfter.paths[path] ?? {})))
        .map((method) => `${method} ${path}: is gone`),
    ),
    ...brokenSchemas(apiBefore.components.schemas, apiAfter.components.schemas),
    ...brokenSchemas(eventsBefore.details, eventsAfter.details),
  ];
}

function parse(json: string | undefined) {
  return JSON.parse(json ?? "null");
}

function brokenSchemas(before: Record<string, JsonSchema>, after: Record<string, JsonSchema>): string[] {
  return Object.entries(before).flatMap(([name, was]) => {
    const is = after[name];
    if (is === undefined) return [`${name}: is gone`];
    return breakingChanges(was, is, name.endsWith("Body") ? "caller" : "us", name);
  });
}

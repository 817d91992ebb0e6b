import type { JsonSchema } from "./json-schema.ts";

/** Who writes what a schema describes: the caller (bodies), or we (answers, events). */
export type Writer = "caller" | "us";

/**
 * What a new schema breaks for those who built on the old one, as "path: what". A caller may write what it wrote
 * before; what we write still has everything that it had. Additions are no breaks.
 */
export function breakingChanges(before: JsonSchema, after: JsonSchema, writer: Writer, path = ""): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [
    ...changedKind(before, after, writer, path),
    ...removedValues(before, after, writer, path),
    ...narrowedLimits(before, after, writer, path),
    ...changedProperties(before, after, writer, path),
    ...nested(before, after, writer, path),
  ];
}

function changedKind(before: JsonSchema, after: JsonSchema, writer: Writer, path: string): string[] {
  return ["type", "const", "format"]
    .filter((key) => before[key] !== undefined && before[key] !== after[key])
    .filter((key) => !(key === "const" && writer === "caller" && takes(after, String(before.const))))
    .map((key) => `${path}: ${key} was ${String(before[key])}, is ${String(after[key])}`);
}

/** Whether a string that was one of few, or the only one, is still taken among others. */
function takes(
  { type, const: only, pattern, maxLength = Number.POSITIVE_INFINITY }: JsonSchema,
  value: string,
): boolean {
  if (type !== "string" || only !== undefined || value.length > Number(maxLength)) return false;
  return pattern === undefined || new RegExp(pattern).test(value);
}

/** A caller may not find that a value it sends is refused; a value that we newly write is an addition. */
function removedValues(before: JsonSchema, after: JsonSchema, writer: Writer, path: string): string[] {
  if (writer === "us") return [];
  const kept = after.enum;
  return (before.enum ?? [])
    .filter((value) => (kept === undefined ? !takes(after, String(value)) : !kept.includes(value)))
    .map((value) => `${path}: ${value} is no value any more`);
}

function narrowedLimits(before: JsonSchema, after: JsonSchema, writer: Writer, path: string): string[] {
  // What could be one of few values had no other limit than these, and each of them is looked at.
  if (writer === "us" || before.enum !== undefined) return [];
  return ["maxLength", "maxItems", "maximum"].flatMap((key) => {
    const [was, is] = [Number(before[key] ?? Number.POSITIVE_INFINITY), Number(after[key] ?? Number.POSITIVE_INFINITY)];
    return is < was ? [`${path}: ${key} was ${was}, is ${is}`] : [];
  });
}

function changedProperties(before: JsonSchema, after: JsonSchema, writer: Writer, path: string): string[] {
  const [was, is] = [before.properties ?? {}, after.properties ?? {}];
  const gone = Object.keys(was).filter((name) => !(name in is));
  const [promisedBefore, promisedNow] = [before.required ?? [], after.required ?? []];
  const brokenPromises =
    writer === "us"
      ? promisedBefore
          .filter((name) => name in is && !promisedNow.includes(name))
          .map((name) => [name, "may be absent now"])
      : promisedNow.filter((name) => !promisedBefore.includes(name)).map((name) => [name, "is required now"]);
  return [
    ...gone.map((name) => `${path}.${name}: is gone`),
    ...brokenPromises.map(([name, what]) => `${path}.${name}: ${what}`),
  ];
}

function nested(before: JsonSchema, after: JsonSchema, writer: Writer, path: string): string[] {
  const properties = Object.entries(before.properties ?? {}).map(
    ([name, was]) => [was, after.properties?.[name], `${path}.${name}`] as const,
  );
  const variants = (before.anyOf ?? before.oneOf ?? []).map(
    (was, at) => [was, (after.anyOf ?? after.oneOf ?? [])[at], `${path}|${at}`] as const,
  );
  return [...properties, ...variants, [before.items, after.items, `${path}[]`] as const].flatMap(([was, is, where]) =>
    isSchema(was) && isSchema(is) ? breakingChanges(was, is, writer, where) : [],
  );
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import { EXAMPLE_NUMBER, EXAMPLE_OTHER_NUMBER } from "@ithaca/contracts";
import openapi from "@ithaca/contracts/openapi.json" with { type: "json" };

/** Cases that are there, for the numbers of the document's examples. */
export interface KnownCases {
  readonly number: string;
  readonly other: string;
  /** A later message of its customer. */
  readonly messageId: string;
}

/** Versions that a case may have by the time it is asked. */
const VERSIONS = Array.from({ length: 12 }, (_, at) => `"${at + 1}"`);

/**
 * The committed document, so that it is tried on what is there and not only on what is not: case numbers are those of
 * cases that exist, versions are likely ones. Nothing that an answer may be is changed.
 */
export function documentFor({ number, other, messageId }: KnownCases): object {
  const text = JSON.stringify(openapi)
    .replaceAll(EXAMPLE_NUMBER, number)
    .replaceAll(EXAMPLE_OTHER_NUMBER, other)
    .replaceAll("msg_7f3a", messageId);
  return JSON.parse(text, (_name, value: unknown) => {
    if (isParameter(value)) return withLikelyValues(value, [number, other]);
    return isTuple(value) ? asList(value) : value;
  });
}

interface Parameter {
  readonly name: string;
  readonly in: string;
}

function isParameter(value: unknown): value is Parameter {
  return typeof value === "object" && value !== null && "name" in value && "in" in value && "schema" in value;
}

interface Tuple {
  readonly prefixItems: readonly object[];
}

function isTuple(value: unknown): value is Tuple {
  return typeof value === "object" && value !== null && "prefixItems" in value;
}

/** Schemathesis writes tuples in the way of older drafts, and then refuses what it wrote. */
function asList({ prefixItems, ...tuple }: Tuple): object {
  return { ...tuple, items: prefixItems[0] };
}

function withLikelyValues(parameter: Parameter, numbers: readonly string[]): object {
  if (parameter.in === "path" && (parameter.name === "number" || parameter.name === "other")) {
    return { ...parameter, schema: { type: "string", enum: numbers } };
  }
  if (parameter.name === "if-match") return { ...parameter, schema: { type: "string", enum: VERSIONS } };
  return parameter;
}

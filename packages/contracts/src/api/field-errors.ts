import * as z from "zod/mini";
import { FIELD_ERRORS_MAX, type FieldError } from "./problems.ts";

/** A part of a request that was read, or the fields that are wrong with it. */
export type ReadPart<Value> = { ok: true; value: Value } | { ok: false; errors: FieldError[] };

/**
 * Decodes a part of a request (body, query, path, headers) by its schema. `prefix` goes before the path of each error,
 * for parts other than the body: "query".
 */
export function readPart<Schema extends z.ZodMiniType>(
  schema: Schema,
  part: unknown,
  prefix?: string,
): ReadPart<z.output<Schema>> {
  const read = z.safeDecode(schema, part as z.input<Schema>, { error: sayWhatIsWrong });
  if (read.success) return { ok: true, value: read.data };
  return { ok: false, errors: fieldErrors(read.error.issues, prefix === undefined ? [] : [prefix]) };
}

type Issue = z.core.$ZodIssue;

function fieldErrors(issues: readonly Issue[], prefix: readonly PropertyKey[]): FieldError[] {
  return issues
    .flatMap((issue) => {
      const path = [...prefix, ...issue.path];
      if (issue.code !== "unrecognized_keys") return [fieldError(path, issue.message)];
      return issue.keys.map((key) => fieldError([...path, key], "is not a known field"));
    })
    .slice(0, FIELD_ERRORS_MAX);
}

const ERROR_TEXT_MAX_LENGTH = 500;

/** What is wrong with the field at a path, such as `["from", "address"]`; both texts are cut to what a problem may hold. */
export function fieldError(path: readonly PropertyKey[], message: string): FieldError {
  return {
    path: path.map(String).join(".").slice(0, ERROR_TEXT_MAX_LENGTH),
    message: message.slice(0, ERROR_TEXT_MAX_LENGTH),
  };
}

/** Zod's issues in our words; a check that has words of its own keeps them. */
function sayWhatIsWrong(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? "is missing"
        : `must be ${A_KIND[issue.expected] ?? `of type ${issue.expected}`}`;
    case "too_big":
      return `must be at most ${issue.maximum}${unit(issue.origin)}`;
    case "too_small":
      return `must be at least ${issue.minimum}${unit(issue.origin)}`;
    case "invalid_value":
      return `must be one of: ${issue.values.map(String).join(", ")}`;
    case "invalid_format":
      return `must be ${A_FORMAT[issue.format] ?? "written another way"}`;
    default:
      return "is not valid";
  }
}

function unit(origin: string): string {
  if (origin === "string") return " characters long";
  return origin === "array" ? " items long" : "";
}

const A_KIND: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

const A_FORMAT: Readonly<Record<string, string>> = {
  datetime: "an instant such as 2026-03-01T09:00:00Z",
  date: "a date such as 2026-03-01",
};

import { Calendar, closed, Policy } from "@ithaca/domain";
import * as z from "zod/mini";
import { PolicyCases } from "../cases/policy-case.ts";
import { CASES_WORDS } from "./cases-words.ts";
import { POLICY_WORDS } from "./policy-words.ts";

type Schema = z.core.JSONSchema.BaseSchema;

/** An editor reads it from the file itself: `$schema` in JSON, a comment in YAML. */
const ITSELF = { $schema: { type: "string", description: "Where this schema is, for editors." } } as const;

/**
 * The JSON Schema (2020-12) of a file of rules: a policy by itself, or with calendars. It takes what the policy's own
 * schema takes and no field that this would pass over, so that an editor marks a misspelt one.
 */
export function policySchema(): Schema {
  const { properties, ...policy } = withWords(inFile(Policy), "", POLICY_WORDS);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Rules of an Ithaca desk",
    description: 'A policy by itself, or { "policy": …, "calendars": […] } to bring calendars along.',
    type: "object",
    if: { type: "object", properties: { policy: {} }, required: ["policy"] },
    // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema.
    then: {
      type: "object",
      properties: {
        ...ITSELF,
        policy: { $ref: "#/$defs/policy" },
        calendars: {
          type: "array",
          description: "Calendars that come new with it.",
          items: { $ref: "#/$defs/calendar" },
        },
      },
      required: ["policy"],
      additionalProperties: false,
    },
    else: { $ref: "#/$defs/policy" },
    $defs: { policy: { ...policy, properties: { ...ITSELF, ...properties } }, calendar: inFile(Calendar) },
  };
}

/** The JSON Schema (2020-12) of a file of cases, which are to hold for the policy beside it. */
export function casesSchema(): Schema {
  const { properties, ...file } = withWords(inFile(PolicyCases), "", CASES_WORDS);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Cases of an Ithaca policy",
    description: 'What "ithaca policy test" tries: messages, and what the policy is to make of each.',
    ...file,
    properties: { ...properties, ...ITSELF },
  };
}

/** A schema as it is in a file, that takes no field beside its own. */
function inFile(schema: z.ZodMiniType): Schema {
  const { $schema: _, ...made } = z.toJSONSchema(closed(schema), {
    io: "input",
    override: ({ jsonSchema }) => {
      // What JavaScript can count to is no limit of ours.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      // The format says it; the pattern of every valid date is longer than the rest.
      if (jsonSchema.format === "date") delete jsonSchema.pattern;
    },
  });
  return made;
}

/** The schema with the words of each field, those of a list's items and of alternatives included. */
function withWords(schema: Schema, path: string, words: Readonly<Record<string, string>>): Schema {
  const { items, properties, anyOf } = schema;
  const description = words[path];
  const at = (name: string) => (path === "" ? name : `${path}.${name}`);
  return {
    ...(description !== undefined && { description }),
    ...schema,
    ...(isSchema(items) && { items: withWords(items, `${path}[]`, words) }),
    ...(anyOf !== undefined && { anyOf: anyOf.map((one) => (isSchema(one) ? withWords(one, path, words) : one)) }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, one]) => [name, isSchema(one) ? withWords(one, at(name), words) : one]),
      ),
    }),
  };
}

function isSchema(schema: unknown): schema is Schema {
  return typeof schema === "object" && schema !== null && !Array.isArray(schema);
}

import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { casesSchema, policySchema } from "./policy-schema.ts";

/** Where the shipped policy is written by hand, with its comments. */
const SOURCE = new URL("../../policy.yaml", import.meta.url);

/** The generated documents, by file name, as they are committed: the schemas, and the shipped policy as code reads it. */
export function policyDocuments(): Record<
  "policy.schema.json" | "policy.cases.schema.json" | "src/shipped/policy.json",
  string
> {
  return {
    "policy.schema.json": print(policySchema()),
    "policy.cases.schema.json": print(casesSchema()),
    "src/shipped/policy.json": print(parse(readFileSync(SOURCE, "utf8"))),
  };
}

function print(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

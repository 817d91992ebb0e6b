/**
 * Writes what follows from the policy's source and schema: `npm run generate -w @ithaca/policy`.
 */
import { writeFileSync } from "node:fs";
import { policyDocuments } from "./src/authoring/policy-documents.ts";

for (const [name, text] of Object.entries(policyDocuments())) writeFileSync(new URL(name, import.meta.url), text);

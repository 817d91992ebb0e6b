import { readFileSync, writeFileSync } from "node:fs";
import { brokenBy, documents } from "./src/generate/documents.ts";

// Writes openapi.json and events.json. A change that breaks what somebody built needs --breaking, and a line in the
// change log.
const made = documents();
const committed = Object.fromEntries(Object.keys(made).map((name) => [name, read(name)]));
const broken = Object.values(committed).every((text) => text !== "") ? brokenBy(committed, made) : [];

if (broken.length > 0 && !process.argv.includes("--breaking")) {
  process.stderr.write(
    `This breaks callers or subscribers (--breaking writes it all the same):\n${broken.join("\n")}\n`,
  );
  process.exitCode = 1;
} else {
  for (const [name, text] of Object.entries(made)) writeFileSync(new URL(name, import.meta.url), text);
}

function read(name: string): string {
  try {
    return readFileSync(new URL(name, import.meta.url), "utf8");
  } catch {
    return "";
  }
}

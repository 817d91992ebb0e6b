import { deskApp } from "./desk-app.ts";
import { UnusableContext } from "./settings.ts";
import { shippedParts } from "./shipped-parts.ts";

try {
  deskApp({}, await shippedParts()).synth();
} catch (error) {
  if (!(error instanceof UnusableContext)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

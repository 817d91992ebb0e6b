import { deskApp } from "./desk-app.ts";
import { UnusableContext } from "./settings.ts";

try {
  deskApp().synth();
} catch (error) {
  if (!(error instanceof UnusableContext)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

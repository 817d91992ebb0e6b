import { Validations } from "aws-cdk-lib";
import { deskApp } from "./desk-app.ts";
import { readSettings, UnusableContext } from "./settings.ts";
import { shippedParts } from "./shipped-parts.ts";

try {
  const app = deskApp({}, await shippedParts());
  // What goes to AWS has passed the rule packs; the local cloud does not wait for them.
  if (!readSettings(app.node).local) {
    const { explainedPacks } = await import("./checks/explained-packs.ts");
    Validations.of(app).addPlugins(...explainedPacks(app));
  }
  app.synth();
} catch (error) {
  if (!(error instanceof UnusableContext)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

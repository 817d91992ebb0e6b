import { App } from "aws-cdk-lib";
import { DataStack } from "./data-stack.ts";
import { type DeskParts, DeskStack } from "./desk-stack.ts";
import { readSettings } from "./settings.ts";

/** Behaviour of CDK that is only on when asked for, fixed here so that tests and deployments see the same templates. */
const CDK_BEHAVIOUR = {
  "@aws-cdk/aws-iam:minimizePolicies": true,
  "@aws-cdk/core:enablePartitionLiterals": true,
  "@aws-cdk/core:checkSecretUsage": true,
  // What CloudFormation would refuse is refused before it is asked.
  "@aws-cdk/core:validateAgainstDefaultRules": true,
  // The data cannot go while the desk stands on it.
  "@aws-cdk/core:defaultCrossStackReferences": "strong",
} as const;

/**
 * The CDK app of a desk: a stack for what must be kept and one for all the rest. Context values come from the argument
 * and, under the CDK CLI, from its command line.
 */
export function deskApp(context: Readonly<Record<string, unknown>>, parts: DeskParts): App {
  const app = new App({ context: { ...CDK_BEHAVIOUR, ...context }, analyticsReporting: false, treeMetadata: false });
  const settings = readSettings(app.node);
  const { name, account, region } = settings;
  const env = { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };

  const data = new DataStack(app, `${name}Data`, { settings, env, description: `What the desk ${name} keeps` });
  new DeskStack(app, name, {
    settings,
    data,
    parts,
    env,
    description: `The support desk ${name}`,
  });
  return app;
}

import type { Manifest } from "@ithaca/functions/manifest";
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, type Code, Function as Lambda, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { type Grantable, grantNeeds } from "./permissions.ts";
import type { Settings } from "./settings.ts";

/** How long what a function logged is kept. */
export const LOGS_KEPT = RetentionDays.THREE_MONTHS;

interface DeskFunctionProps {
  readonly manifest: Manifest;
  readonly code: Code;
  /** Everything that the stack can tell a function; it is told what its manifest names. */
  readonly environment: Readonly<Record<string, string>>;
  readonly grantable: Grantable;
  readonly settings: Settings;
}

/** One function as its manifest describes it, with a role of its own that may do what it needs and nothing else. */
export class DeskFunction extends Construct {
  readonly lambda: Lambda;
  readonly manifest: Manifest;

  constructor(scope: Construct, id: string, { manifest, code, environment, grantable, settings }: DeskFunctionProps) {
    super(scope, id);
    this.manifest = manifest;
    const functionName = `${settings.name}-${manifest.name}`;

    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    const logGroup = new LogGroup(this, "Logs", {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: LOGS_KEPT,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.grantWrite(role);
    grantNeeds(role, manifest.needs, grantable);

    this.lambda = new Lambda(this, "Function", {
      functionName,
      runtime: Runtime.NODEJS_24_X,
      architecture: settings.local ? Architecture.X86_64 : Architecture.ARM_64,
      handler: "index.handler",
      code,
      role,
      logGroup,
      timeout: Duration.seconds(manifest.timeoutSeconds),
      memorySize: manifest.memoryMb,
      environment: pick(environment, manifest),
      // The local cloud has no X-Ray.
      tracing: settings.local ? Tracing.DISABLED : Tracing.ACTIVE,
    });
  }
}

/** The variables that a manifest names. Throws when the stack does not know one, which tsc says first. */
function pick(environment: Readonly<Record<string, string>>, { name, env }: Manifest): Record<string, string> {
  const picked = Object.keys(env.shape).map((variable) => {
    const value = environment[variable];
    if (value === undefined) throw new Error(`${name} asks for ${variable}, which the stack does not know`);
    return [variable, value] as const;
  });
  return Object.fromEntries(picked);
}

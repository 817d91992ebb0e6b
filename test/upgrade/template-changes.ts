import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./earlier-commit.ts";

const TIMEOUT_MS = 180_000;

/** Lines of `cdk diff` that tell of a resource: its sign, its type, and what a deployment would do to it. */
const RESOURCE = /^\[(?<sign>[-+~])\] (?<type>AWS::\S+) (?<rest>.*)$/;
const REPLACES = /replace/;
/** What of a user pool is said once, when it is made: an update of it fails, and nothing tells so before. */
const USER_POOL = "AWS::Cognito::UserPool";
const FIXED = /\[[-+~]\] (UsernameConfiguration|UsernameAttributes|AliasAttributes|Schema)\b/;

/** Which of these a deployment may not take away or make anew, even while the desk can be used without a break. */
const PRECIOUS =
  /^AWS::(DynamoDB|S3::Bucket$|Cognito|SQS::Queue$|StepFunctions|Events::EventBus|ApiGatewayV2::Api$|SNS::Topic$)/;

/** The templates of the app in a folder, as AWS would get them: without what the local cloud leaves out. */
export function synthesise(folder: string, output: string): string {
  const context = ["--context", "account=123456789012", "--context", "region=eu-central-1"];
  cdk(folder, ["synth", "--quiet", "--output", output, ...context, "--context", "sender=desk@ithaca.example"]);
  return output;
}

/** What a deployment of the new templates would do to the precious resources of the old: nothing, if all is well. */
export function losses(before: string, after: string): string[] {
  return ["IthacaData", "Ithaca"].flatMap((stack) => {
    const old = join(before, `${stack}.template.json`);
    const printed = cdk(ROOT, ["diff", "--app", after, "--template", old, "--no-change-set", "--exclusively", stack]);
    if (!printed.includes("Stack ")) throw new Error(`cdk diff told nothing of ${stack}:\n${printed}`);
    return lossesIn(printed).map((line) => `${stack}: ${line}`);
  });
}

/** The precious resources that a printed difference destroys or replaces. */
export function lossesIn(printed: string): string[] {
  const lines = printed.split("\n");
  return lines.flatMap((line, at) => {
    const { sign, type = "", rest = "" } = RESOURCE.exec(line.trim())?.groups ?? {};
    if (sign === undefined || sign === "+" || !PRECIOUS.test(type)) return [];
    // The lines of a resource's properties are drawn below it.
    const end = lines.findIndex((next, place) => place > at && !/^\s*[├└│ ]/.test(next));
    const about = lines.slice(at, end < 0 ? undefined : end).join("\n");
    if (sign === "-" && !/orphan/.test(rest)) return [line.trim()];
    return REPLACES.test(about) || (type === USER_POOL && FIXED.test(about)) ? [about] : [];
  });
}

function cdk(folder: string, args: readonly string[]): string {
  const bin = join(ROOT, "node_modules", ".bin");
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH ?? ""}`, NO_COLOR: "1", CDK_VALIDATION: "false" };
  return execFileSync(process.execPath, [join(bin, "cdk"), ...args, "--no-notices", "--ci"], {
    cwd: folder,
    env,
    encoding: "utf8",
    timeout: TIMEOUT_MS,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

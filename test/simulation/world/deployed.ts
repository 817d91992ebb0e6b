import { pages, routes } from "@ithaca/contracts";
import { deskApp, manifests } from "@ithaca/infra";
import type { Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { StateMachineDefinition } from "./state-machine.ts";

/** What of the synthesised stacks the simulation follows; all of it is data, so that a child can be given it. */
export interface Deployed {
  readonly functions: Readonly<Record<string, { readonly timeoutSeconds: number }>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly queues: Readonly<Record<string, DeployedQueue>>;
  /** Queues that start a function. */
  readonly reactions: readonly {
    functionName: string;
    queue: string;
    batchSize: number;
    concurrency: number;
    partial: boolean;
  }[];
  readonly stream: DeployedStream;
  readonly rules: readonly { name: string; pattern: unknown; queues: readonly string[]; ageSeconds: number }[];
  readonly schedules: readonly { functionName: string; everySeconds: number; retries: number; ageSeconds: number }[];
  readonly timer: StateMachineDefinition;
  /** The function of each route, by its key: "POST /v1/messages". */
  readonly routes: Readonly<Record<string, string>>;
}

export interface DeployedQueue {
  readonly visibilitySeconds: number;
  readonly keptSeconds: number;
  readonly receivesMax: number | undefined;
  readonly deadLetters: string | undefined;
}

export interface DeployedStream {
  readonly functionName: string;
  readonly batchSize: number;
  readonly lanes: number;
  readonly bisects: boolean;
  readonly partial: boolean;
  readonly retries: number;
  readonly patterns: readonly unknown[];
}

type Properties = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, { Type: string; Properties: Properties }>>;

/** Synthesises the app as it goes to AWS and reads it. */
export function synthesise(): Deployed {
  const app = deskApp({}, { manifests, routes, pages, codeOf: () => Code.fromInline("// a bundle") });
  const stack = app.node.findChild("Ithaca") as Stack;
  return readTemplate(withoutValidation(() => Template.fromStack(stack).toJSON().Resources as Resources));
}

/** CDK's own validation takes most of the time; a test of its own asks for it, maybe in this very process. */
function withoutValidation<Result>(synthesis: () => Result): Result {
  const before = process.env.CDK_VALIDATION;
  process.env.CDK_VALIDATION = "false";
  try {
    return synthesis();
  } finally {
    if (before === undefined) delete process.env.CDK_VALIDATION;
    else process.env.CDK_VALIDATION = before;
  }
}

/** The shape of a desk in the resources of its stack. */
function readTemplate(resources: Resources): Deployed {
  const of = (type: string) =>
    Object.entries(resources).flatMap(([id, { Type, Properties }]) =>
      Type === type ? [[id, Properties] as const] : [],
    );
  const nameOf = (reference: unknown) => functionName(resources[textOf(reference)]?.Properties);
  const mappings = of("AWS::Lambda::EventSourceMapping").map(([, one]) => one);
  const rules = of("AWS::Events::Rule").map(([, one]) => one);
  const queues = Object.fromEntries(of("AWS::SQS::Queue").map(([id, one]) => [id, queueOf(one)]));
  const [machine] = of("AWS::StepFunctions::StateMachine");
  const stream = mappings.find((one) => queues[textOf(one.EventSourceArn)] === undefined);
  if (machine === undefined || stream === undefined) throw new Error("the stack has no timer or no stream");

  return {
    functions: Object.fromEntries(
      of("AWS::Lambda::Function").map(([, one]) => [functionName(one), { timeoutSeconds: Number(one.Timeout) }]),
    ),
    environment: Object.assign({}, ...of("AWS::Lambda::Function").map(([, one]) => environmentOf(one))),
    queues,
    reactions: mappings
      .filter((one) => one !== stream)
      .map((one) => ({
        functionName: nameOf(one.FunctionName),
        queue: textOf(one.EventSourceArn),
        batchSize: Number(one.BatchSize),
        concurrency: Number((one.ScalingConfig as Properties).MaximumConcurrency),
        partial: reportsFailures(one),
      })),
    stream: streamOf(stream, nameOf(stream.FunctionName)),
    rules: rules.filter((one) => one.EventPattern !== undefined).map(ruleOf),
    schedules: rules
      .filter((one) => one.ScheduleExpression !== undefined)
      .map((one) => scheduleOf(one, nameOf(targetsOf(one)[0]?.Arn))),
    timer: JSON.parse(textOf(machine[1].DefinitionString)),
    routes: Object.fromEntries(
      of("AWS::ApiGatewayV2::Route").map(([, { RouteKey, Target }]) => {
        const integration = resources[textOf(Target).replace("integrations/", "")]?.Properties;
        return [textOf(RouteKey), nameOf(integration?.IntegrationUri)];
      }),
    ),
  };
}

function queueOf({ VisibilityTimeout, MessageRetentionPeriod, RedrivePolicy }: Properties): DeployedQueue {
  const redrive = RedrivePolicy as { maxReceiveCount: number; deadLetterTargetArn: unknown } | undefined;
  return {
    visibilitySeconds: Number(VisibilityTimeout ?? 30),
    keptSeconds: Number(MessageRetentionPeriod ?? 345_600),
    receivesMax: redrive?.maxReceiveCount,
    deadLetters: redrive && textOf(redrive.deadLetterTargetArn),
  };
}

function streamOf(mapping: Properties, name: string): DeployedStream {
  const filters = (mapping.FilterCriteria as { Filters: { Pattern: string }[] }).Filters;
  return {
    functionName: name,
    batchSize: Number(mapping.BatchSize),
    lanes: Number(mapping.ParallelizationFactor),
    bisects: mapping.BisectBatchOnFunctionError === true,
    partial: reportsFailures(mapping),
    retries: Number(mapping.MaximumRetryAttempts),
    patterns: filters.map(({ Pattern }) => JSON.parse(Pattern)),
  };
}

function ruleOf(rule: Properties): Deployed["rules"][number] {
  const targets = targetsOf(rule);
  return {
    name: String(rule.Name),
    pattern: rule.EventPattern,
    queues: targets.map(({ Arn }) => textOf(Arn)),
    ageSeconds: Math.min(...targets.map((target) => retryOf(target).MaximumEventAgeInSeconds ?? 86_400)),
  };
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 };

function scheduleOf(rule: Properties, name: string): Deployed["schedules"][number] {
  const [, count, unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(String(rule.ScheduleExpression)) ?? [];
  const seconds = UNIT_SECONDS[unit];
  if (seconds === undefined) throw new Error(`${String(rule.ScheduleExpression)} is no rate that is simulated`);
  const retry = retryOf(targetsOf(rule)[0] ?? {});
  return {
    functionName: name,
    everySeconds: Number(count) * seconds,
    retries: retry.MaximumRetryAttempts ?? 0,
    ageSeconds: retry.MaximumEventAgeInSeconds ?? 60,
  };
}

function targetsOf(rule: Properties): readonly Properties[] {
  return rule.Targets as readonly Properties[];
}

function retryOf(target: Properties): { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number } {
  return target.RetryPolicy ?? {};
}

function reportsFailures(mapping: Properties): boolean {
  return (mapping.FunctionResponseTypes as string[] | undefined)?.includes("ReportBatchItemFailures") === true;
}

function functionName(one: Properties | undefined): string {
  return textOf(one?.FunctionName).replace("Ithaca-", "");
}

function environmentOf(one: Properties): Record<string, string> {
  const { Variables } = one.Environment as { Variables: Properties };
  return Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, textOf(value)]));
}

/** A value of the template as text; what only a deployment knows is the logical id that it names. */
function textOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value ?? "");
  if ("Ref" in value) return String(value.Ref);
  if ("Fn::ImportValue" in value) return String(value["Fn::ImportValue"]);
  if ("Fn::GetAtt" in value) return String((value["Fn::GetAtt"] as string[])[0]);
  if ("Fn::Join" in value) {
    const [separator, parts] = value["Fn::Join"] as [string, unknown[]];
    return parts.map(textOf).join(separator);
  }
  return "";
}

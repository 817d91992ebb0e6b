import { openReactionDesk, UNHURRIED } from "@ithaca/functions/src/fixtures/reaction-desk";
import { armWakeUps } from "@ithaca/functions/src/sla/arm-wake-ups";
import { rewriteProjections } from "@ithaca/functions/src/sla/rewrite-projections";
import { reconcileDesk } from "@ithaca/functions/src/upkeep/reconcile-desk";
import { manifests } from "@ithaca/infra";
import { type DeskTemplates, resourcesOf } from "../infra/desk-templates.ts";
import { meter } from "./metered-table.ts";
import { BILLED_MS, type CostLine } from "./price-case.ts";
import { MILLION, PRICES } from "./prices.ts";

const DAYS_A_MONTH = 30.4;
const MINUTES_A_MONTH = DAYS_A_MONTH * 24 * 60;
/** Lambda asks an idle queue by five long polls of twenty seconds. */
const POLLS_A_MINUTE = 15;
/** A machine that keeps its token until it ends asks for two a day. */
const TOKENS_A_MONTH = 2 * DAYS_A_MONTH;
const SCHEDULED_MEMORY_GB = 0.25;

/** The functions that run by the clock, each on a desk that has nothing to do. */
const SCHEDULED: Readonly<Record<string, (desk: IdleDesk) => Promise<unknown>>> = {
  "arm-wake-ups": (desk) => armWakeUps(UNHURRIED, desk),
  "reconcile-desk": (desk) => reconcileDesk(UNHURRIED, desk),
  "rewrite-projections": (desk) => rewriteProjections(UNHURRIED, desk),
};
type IdleDesk = ReturnType<typeof openReactionDesk> & { readonly pause: () => Promise<undefined> };

/** What a deployed desk costs in a month in which nobody writes, at list prices. */
export async function priceAtRest({ data, desk }: DeskTemplates): Promise<CostLine[]> {
  const count = (type: string) => resourcesOf(desk, type).length;
  const queues = resourcesOf(desk, "AWS::Lambda::EventSourceMapping").filter(
    ([, { Properties }]) => Properties.StartingPosition === undefined,
  ).length;
  const machines = resourcesOf(data, "AWS::Cognito::UserPoolClient").filter(
    ([, { Properties }]) => Properties.GenerateSecret === true,
  ).length;
  const polls = queues * POLLS_A_MINUTE * MINUTES_A_MONTH;
  const runs = await idleRuns();
  const calls = runs.functions * MINUTES_A_MONTH;
  return [
    line("machine clients (Cognito, US$6 each): one for each channel", machines, PRICES.machineClientMonth),
    line("tokens of the machines, two a day each (Cognito)", machines * TOKENS_A_MONTH, PRICES.machineTokens / MILLION),
    line("dashboard (CloudWatch)", count("AWS::CloudWatch::Dashboard"), PRICES.dashboardMonth),
    line("alarms (CloudWatch)", count("AWS::CloudWatch::Alarm"), PRICES.alarmMonth),
    line(`polling of ${queues} queues by Lambda (SQS)`, polls, PRICES.queueRequests / MILLION),
    line("calls of the functions that run by the clock (Lambda)", calls, PRICES.lambdaRequests / MILLION),
    line(
      "GB-seconds of the functions that run by the clock (Lambda)",
      (calls * BILLED_MS * SCHEDULED_MEMORY_GB) / 1_000,
      PRICES.lambdaGbSecond,
    ),
    line(
      "read units of the functions that run by the clock (DynamoDB)",
      runs.readUnits * MINUTES_A_MONTH,
      PRICES.dynamoReadUnits / MILLION,
    ),
    line("keys (KMS), bus, timers, API, topic, buckets", 0, 0),
  ];
}

function line(what: string, count: number, price: number): CostLine {
  return { what, count, dollars: count * price };
}

/** One run of each function that runs by the clock. */
async function idleRuns(): Promise<{ functions: number; readUnits: number }> {
  const scheduled = manifests.flatMap(({ name, trigger }) => (trigger.kind === "schedule" ? [name as string] : []));
  let readUnits = 0;
  for (const name of scheduled) {
    const run = SCHEDULED[name];
    if (run === undefined) throw new Error(`${name} runs by the clock and is not in the bill`);
    const desk = Object.assign(openReactionDesk("2026-06-10T14:00:00Z"), { pause: async () => undefined });
    // The first run arms a day; the ones after it find that done.
    await run(desk);
    const used = meter(desk.table);
    await run(desk);
    readUnits += used.readUnits;
  }
  return { functions: scheduled.length, readUnits };
}

import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { IStateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { ALARM_PERIOD, type Alarms } from "./alarms.ts";
import type { Settings } from "./settings.ts";

/** The namespace of what functions write into their lines (functions/src/runtime/line.ts). */
const DESK_NAMESPACE = "Ithaca";

/** From so late a breach is recorded too late: whoever could still act learns of it too late. */
const BREACH_LATENESS_MS = 60_000;
/** So long nothing is owed, whatever fails for a while. */
const OWED_SECONDS = 900;
/** Mail that rests is measured when its rest ends: after an hour and the reconciler's grace at the latest. */
const OWED_LOOKED_AT_MINUTES = 65;
/** The reconciler has found something in so many minutes out of the last so many: it is no single lost event. */
const FINDS_MINUTES = 3;

interface PromiseAlarmsProps {
  readonly tableName: string;
  readonly timer: IStateMachine;
  readonly alarms: Alarms;
  readonly settings: Settings;
}

/** Alarms for what the desk promises, whichever part of it is at fault, and for what it is refused by AWS. */
export class PromiseAlarms extends Construct {
  /** What is watched, for the dashboard. */
  readonly metrics: Readonly<Record<"lateness" | "owed" | "found" | "throttled", readonly Metric[]>>;

  constructor(scope: Construct, id: string, { tableName, timer, alarms, settings }: PromiseAlarmsProps) {
    super(scope, id);
    const ofDesk = (functionName: string, metricName: string, statistic: "max" | "sum") =>
      new Metric({
        namespace: DESK_NAMESPACE,
        metricName,
        dimensionsMap: { function: `${settings.name}-${functionName}` },
        statistic,
        period: ALARM_PERIOD,
      });
    const lateness = ofDesk("wake-case", "breach-lateness-ms", "max");
    const owed = ofDesk("reconcile-desk", "longest-owed-seconds", "max");
    const exhausted = ofDesk("reconcile-desk", "effects-exhausted", "sum");
    const found = ["effects-repeated", "wake-ups-repeated"].map((name) => ofDesk("reconcile-desk", name, "sum"));
    const ofTable = (metricName: string) =>
      new Metric({
        namespace: "AWS/DynamoDB",
        metricName,
        dimensionsMap: { TableName: tableName },
        statistic: "sum",
        period: ALARM_PERIOD,
      });
    const throttled = [
      // Of the whole account: whichever function takes the last of its concurrency, it is the desk's that wait.
      new Metric({ namespace: "AWS/Lambda", metricName: "Throttles", statistic: "sum", period: ALARM_PERIOD }),
      ofTable("ReadThrottleEvents"),
      ofTable("WriteThrottleEvents"),
      timer.metricThrottled({ period: ALARM_PERIOD }),
    ];
    this.metrics = { lateness: [lateness], owed: [owed, exhausted], found, throttled };

    alarms.watch(this, "LateBreachAlarm", {
      metric: lateness,
      threshold: BREACH_LATENESS_MS,
      meaning: "a breach was recorded more than a minute late: see the timers and the queue of wake-ups",
    });
    alarms.watch(this, "OwedTooLongAlarm", {
      metric: owed,
      threshold: OWED_SECONDS,
      outOf: OWED_LOOKED_AT_MINUTES,
      meaning:
        "something has been owed for a quarter of an hour: see the queue and the log of what should have done it",
    });
    alarms.watch(this, "ExhaustedAlarm", {
      metric: exhausted,
      meaning: "something owed was given up after all attempts: the case shows what, the log of its function why",
    });
    for (const metric of found) {
      alarms.watch(this, `${metric.metricName}-alarm`, {
        metric,
        periods: FINDS_MINUTES,
        meaning: "the reconciler has had to do again, for minutes, what others should have done: see their errors",
      });
    }
    for (const metric of throttled) {
      alarms.watch(this, `${metric.namespace.replace("AWS/", "")}${metric.metricName}Alarm`, {
        metric,
        periods: FINDS_MINUTES,
        meaning: "AWS has turned calls away for minutes: ask for a higher quota, or find what calls so often",
      });
    }
  }
}

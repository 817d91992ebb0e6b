import { Aws, Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

/** How often what alarms watch is looked at. */
export const ALARM_PERIOD = Duration.minutes(1);

interface Watch {
  readonly metric: IMetric;
  /** From this value on there is an alarm; 1 when it is left out. */
  readonly threshold?: number;
  /** So many periods; 1 when it is left out. */
  readonly periods?: number;
  /** Out of the last so many; in a row when it is left out. */
  readonly outOf?: number;
  /** What is the matter and what to do, for whoever is woken by it. */
  readonly meaning: string;
}

/** Everything that somebody must look at, told on one topic that operators subscribe to. */
export class Alarms extends Construct {
  readonly topic: Topic;
  readonly #all: Alarm[] = [];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.topic = new Topic(this, "Topic", { enforceSSL: true });
    // A topic with a policy of its own has lost the one that let the account's alarms in.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
      }),
    );
  }

  /** Raises an alarm when a metric reaches its threshold. Silence is no alarm: most of these metrics are sparse. */
  watch(scope: Construct, id: string, { metric, threshold = 1, periods = 1, outOf = periods, meaning }: Watch): Alarm {
    const alarm = new Alarm(scope, id, {
      metric,
      threshold,
      evaluationPeriods: outOf,
      datapointsToAlarm: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: meaning,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    this.#all.push(alarm);
    return alarm;
  }

  /** Every alarm so far, in the order in which they were raised. */
  get all(): readonly Alarm[] {
    return this.#all;
  }

  /** Raises an alarm as soon as a dead-letter queue holds anything. */
  watchDeadLetters(scope: Construct, queue: IQueue, meaning: string): Alarm {
    const metric = queue.metricApproximateNumberOfMessagesVisible({ period: ALARM_PERIOD, statistic: "max" });
    return this.watch(scope, "DeadLetterAlarm", { metric, meaning });
  }
}

import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { type IEventSourceDlq, type Function as Lambda, MetricType, StartingPosition } from "aws-cdk-lib/aws-lambda";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { ALARM_PERIOD, type Alarms } from "./alarms.ts";
import type { DeskFunction } from "./desk-function.ts";
import type { Settings } from "./settings.ts";

/** Stream records in one call of the function. */
const BATCH_SIZE = 100;
/** So many lanes of a shard, each for some of the partition keys: a failing batch holds up one of them. */
const LANES = 4;
/** After so many tries a record that was bisected alone is put aside, so that it holds up nothing for long. */
const RETRIES_MAX = 10;
/** The local cloud knows no other bound. On AWS it would drop what came in during a minute's stall. */
const LOCAL_RECORD_AGE_SECONDS = 60;
/** A record older than this is late enough for somebody to look. */
const ITERATOR_AGE_ALARM_MS = 60_000;
const ITERATOR_AGE_ALARM_PERIODS = 5;

/** New items that are marked for it are announced; changes, imports and expiries are not. */
const ANNOUNCED = { eventName: ["INSERT"], dynamodb: { NewImage: { announce: { BOOL: [true] } } } };

interface StreamPublisherProps {
  readonly publisher: DeskFunction;
  readonly table: TableV2;
  /** Where records go that could not be published. */
  readonly unpublished: Bucket;
  readonly alarms: Alarms;
  readonly settings: Settings;
}

/** The edge from the table's stream to the function that publishes. A poison record is put aside with an alarm. */
export class StreamPublisher extends Construct {
  constructor(scope: Construct, id: string, props: StreamPublisherProps) {
    super(scope, id);
    const { publisher, table, unpublished, alarms, settings } = props;
    const { lambda } = publisher;
    const mapping = lambda.addEventSourceMapping("Stream", {
      eventSourceArn: readableStream(table, lambda),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: BATCH_SIZE,
      parallelizationFactor: LANES,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: RETRIES_MAX,
      ...(settings.local && { maxRecordAge: Duration.seconds(LOCAL_RECORD_AGE_SECONDS) }),
      onFailure: putsAside(unpublished),
      supportS3OnFailureDestination: true,
      filters: [{ pattern: JSON.stringify(ANNOUNCED) }],
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });

    this.#watchUnpublished(alarms, mapping.eventSourceMappingId);
    alarms.watch(this, "LateAlarm", {
      metric: lambda.metric("IteratorAge", { period: ALARM_PERIOD, statistic: "max" }),
      threshold: ITERATOR_AGE_ALARM_MS,
      periods: ITERATOR_AGE_ALARM_PERIODS,
      meaning: "facts are published more than a minute late: see the errors and throttles of the publisher",
    });
  }

  #watchUnpublished(alarms: Alarms, mappingId: string): void {
    for (const metricName of ["OnFailureDestinationDeliveredEventCount", "DroppedEventCount"]) {
      alarms.watch(this, `${metricName}Alarm`, {
        metric: new Metric({
          namespace: "AWS/Lambda",
          metricName,
          dimensionsMap: { EventSourceMappingUUID: mappingId },
          statistic: "sum",
          period: ALARM_PERIOD,
        }),
        meaning: "records of the table's stream could not be published: see the bucket of unpublished records",
      });
    }
  }
}

/** The ARN of the table's stream, which the function may read from now on. Throws when the table has none. */
function readableStream({ tableStreamArn: stream }: TableV2, lambda: Lambda): string {
  if (stream === undefined) throw new Error("the table has no stream");
  lambda.addToRolePolicy(
    new PolicyStatement({
      actions: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
      resources: [stream],
    }),
  );
  return stream;
}

/** An on-failure bucket for a mapping, with just the permission to put into it. */
function putsAside(bucket: Bucket): IEventSourceDlq {
  return {
    bind: (_mapping, target) => {
      target.addToRolePolicy(
        new PolicyStatement({ actions: ["s3:PutObject"], resources: [bucket.arnForObjects("*")] }),
      );
      target.addToRolePolicy(new PolicyStatement({ actions: ["s3:ListBucket"], resources: [bucket.bucketArn] }));
      return { destination: bucket.bucketArn };
    },
  };
}

import type { EventDefinition } from "@ithaca/contracts";
import type { Manifest } from "@ithaca/functions/manifest";
import { Duration } from "aws-cdk-lib";
import { type EventBus, Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import { deadLetters } from "./dead-letters.ts";
import type { DeskFunction } from "./desk-function.ts";
import type { Settings } from "./settings.ts";

/** How often a message is tried before it is a dead letter. */
export const TRIES_MAX = 5;
/** Messages in one call of the function. */
export const BATCH_SIZE = 10;
/** A message is hidden for so many timeouts of its function, as Lambda asks for. */
export const VISIBILITY_TIMEOUTS = 6;
/** How many calls of one function at once, when its manifest does not say. */
const CONCURRENCY = 10;
/**
 * On one machine each call at once is a process of its own, which takes a second of a processor to start: fewer of them
 * with fuller batches do more.
 */
const LOCAL_CONCURRENCY = 2;
/** Wake-ups come many at one instant, and a promise is late for as long as its own waits. */
const LOCAL_WAKE_UPS_CONCURRENCY = 4;
/** A dead letter keeps its age, so its queue must keep messages longer than this one. */
const KEPT_DAYS = 4;
/** How long the bus tries to put an event into the queue. */
const DELIVERY_HOURS = 24;
const DELIVERY_TRIES = 185;

interface QueuedReactionProps {
  readonly manifest: Manifest;
  /** What the queue is known by: its name, if it is written to by name; else the name of the function behind it. */
  readonly shortName: string;
  readonly settings: Settings;
  readonly alarms: Alarms;
}

/**
 * The queue before a function: a burst waits, a failure is tried again, and what cannot be done ends in a dead-letter
 * queue with an alarm. Made before its function, because other functions are told its address.
 */
export class QueuedReaction extends Construct {
  readonly shortName: string;
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly #concurrency: number;

  constructor(scope: Construct, id: string, { manifest, shortName, alarms, settings }: QueuedReactionProps) {
    super(scope, id);
    const queueName = `${settings.name}-${shortName}`;
    this.shortName = shortName;
    this.#concurrency = settings.local ? localConcurrency(manifest) : (manifest.maxConcurrency ?? CONCURRENCY);
    this.deadLetters = deadLetters(this, {
      queueName: `${queueName}-dead-letters`,
      alarms,
      meaning: `${manifest.name} failed ${TRIES_MAX} times on a message: mend the cause, then redrive the queue`,
    });
    this.queue = new Queue(this, "Queue", {
      queueName,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(manifest.timeoutSeconds * VISIBILITY_TIMEOUTS),
      retentionPeriod: Duration.days(KEPT_DAYS),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: TRIES_MAX },
    });
  }

  /** Fills the queue with some events of the bus. */
  takes(events: readonly EventDefinition[], eventBus: EventBus, ruleName: string): Rule {
    return new Rule(this, "Rule", {
      ruleName,
      eventBus,
      eventPattern: patternOf(events),
      targets: [
        new SqsQueue(this.queue, {
          deadLetterQueue: this.deadLetters,
          maxEventAge: Duration.hours(DELIVERY_HOURS),
          retryAttempts: DELIVERY_TRIES,
        }),
      ],
    });
  }

  /** Starts the function for what is in the queue. */
  starts({ lambda }: DeskFunction): void {
    lambda.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: BATCH_SIZE,
        reportBatchItemFailures: true,
        maxConcurrency: this.#concurrency,
      }),
    );
  }
}

function localConcurrency({ trigger }: Manifest): number {
  return trigger.kind === "queue" && trigger.queue === "wake-ups" ? LOCAL_WAKE_UPS_CONCURRENCY : LOCAL_CONCURRENCY;
}

/** One pattern for several events, of the patterns that they bring. */
function patternOf(events: readonly EventDefinition[]): { source: string[]; detailType: string[] } {
  return {
    source: [...new Set(events.flatMap(({ pattern }) => pattern.source))],
    detailType: events.flatMap(({ pattern }) => pattern["detail-type"]),
  };
}

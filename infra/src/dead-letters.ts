import { Duration } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";

/** The longest that SQS keeps a message. */
const KEPT_DAYS = 14;

interface DeadLettersProps {
  readonly queueName: string;
  readonly alarms: Alarms;
  /** What is in the queue and what to do with it. */
  readonly meaning: string;
}

/** A queue for what could not be done after all tries, with an alarm for the first message in it. */
export function deadLetters(scope: Construct, { queueName, alarms, meaning }: DeadLettersProps): Queue {
  const queue = new Queue(scope, "DeadLetters", {
    queueName,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(KEPT_DAYS),
  });
  alarms.watchDeadLetters(scope, queue, meaning);
  return queue;
}

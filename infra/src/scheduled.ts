import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import { deadLetters } from "./dead-letters.ts";
import type { DeskFunction } from "./desk-function.ts";
import type { Settings } from "./settings.ts";

/** The next run does what this one could not, so a run is worth trying again only for a short while. */
const RETRIES_MAX = 2;
/** The longest that Lambda keeps a call that waits. */
const KEPT_MINUTES_MAX = 360;

interface ScheduledProps {
  readonly runs: DeskFunction;
  readonly everyMinutes: number;
  readonly alarms: Alarms;
  readonly settings: Settings;
}

/** A function that runs by the clock. A run that did not happen or failed leaves a dead letter and raises an alarm. */
export class Scheduled extends Construct {
  /** Runs that failed. */
  readonly deadLetters: IQueue;

  constructor(scope: Construct, id: string, { runs, everyMinutes, alarms, settings }: ScheduledProps) {
    super(scope, id);
    const { name } = runs.manifest;
    const every = Duration.minutes(everyMinutes);
    const maxEventAge = Duration.minutes(Math.min(everyMinutes, KEPT_MINUTES_MAX));
    this.deadLetters = deadLetters(this, {
      queueName: `${settings.name}-${name}-dead-letters`,
      alarms,
      meaning: `a run of ${name} failed: see its log; the next run does what this one did not`,
    });

    new Rule(this, "Rule", {
      ruleName: `${settings.name}-${name}`,
      schedule: Schedule.rate(every),
      targets: [
        new LambdaFunction(runs.lambda, { deadLetterQueue: this.deadLetters, maxEventAge, retryAttempts: RETRIES_MAX }),
      ],
    });
    // The rule only hands over; what happens in the function is the function's to try again.
    runs.lambda.configureAsyncInvoke({
      onFailure: new SqsDestination(this.deadLetters),
      maxEventAge,
      retryAttempts: RETRIES_MAX,
    });
  }
}

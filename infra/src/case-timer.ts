import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import {
  DefinitionBody,
  Errors,
  Fail,
  type IChainable,
  JitterType,
  JsonPath,
  LogLevel,
  StateMachine,
  TaskInput,
  Wait,
  WaitTime,
} from "aws-cdk-lib/aws-stepfunctions";
import { SqsSendMessage } from "aws-cdk-lib/aws-stepfunctions-tasks";
import { Construct } from "constructs";
import { ALARM_PERIOD, type Alarms } from "./alarms.ts";
import { LOGS_KEPT } from "./desk-function.ts";
import type { Settings } from "./settings.ts";

/** Sending is tried for about twenty minutes; after that the reconciler finds what is overdue. */
const RETRY = { tries: 8, firstSeconds: 2, backoffRate: 2.5, longestSeconds: 300 } as const;

interface CaseTimerProps {
  /** The queue of whoever wakes cases. */
  readonly wakeUps: IQueue;
  readonly alarms: Alarms;
  readonly settings: Settings;
}

/**
 * The timer of a case: an execution with `{caseId, wakeAt, epoch}` waits until `wakeAt`, sends the same to the queue
 * of wake-ups, and ends. It decides nothing: whoever is woken looks at the case.
 */
export class CaseTimer extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { wakeUps, alarms, settings }: CaseTimerProps) {
    super(scope, id);
    const stateMachineName = `${settings.name}-case-timer`;
    const logs = new LogGroup(this, "Logs", {
      // Under this prefix log groups do not count towards the size of the account's resource policy.
      logGroupName: `/aws/vendedlogs/states/${stateMachineName}`,
      retention: LOGS_KEPT,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.machine = new StateMachine(this, "Machine", {
      stateMachineName,
      definitionBody: DefinitionBody.fromChainable(this.#waitThenSend(wakeUps)),
      tracingEnabled: !settings.local,
      // The local cloud's own log tells more, and writing these costs it time.
      ...(!settings.local && { logs: { destination: logs, level: LogLevel.ERROR } }),
    });
    alarms.watch(this, "FailedAlarm", {
      metric: this.machine.metricFailed({ period: ALARM_PERIOD }),
      meaning: "timers could not send their wake-up: the reconciler wakes their cases; see the queue of wake-ups",
    });
  }

  #waitThenSend(wakeUps: IQueue): IChainable {
    const wait = new Wait(this, "WaitUntilWakeUp", { time: WaitTime.timestampPath("$.wakeAt") });
    const send = new SqsSendMessage(this, "SendWakeUp", {
      queue: wakeUps,
      messageBody: TaskInput.fromObject({
        caseId: JsonPath.stringAt("$.caseId"),
        wakeAt: JsonPath.stringAt("$.wakeAt"),
        epoch: JsonPath.numberAt("$.epoch"),
      }),
    });
    send.addRetry({
      errors: [Errors.ALL],
      maxAttempts: RETRY.tries,
      interval: Duration.seconds(RETRY.firstSeconds),
      backoffRate: RETRY.backoffRate,
      maxDelay: Duration.seconds(RETRY.longestSeconds),
      jitterStrategy: JitterType.FULL,
    });
    send.addCatch(new Fail(this, "WakeUpNotSent", { error: "WakeUpNotSent", causePath: "$.Cause" }));
    return wait.next(send);
  }
}

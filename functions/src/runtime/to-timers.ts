import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { toIso } from "@ithaca/domain";
import type { Timers } from "./ports.ts";
import { SDK_CLIENT } from "./sdk-client.ts";

/** Connects a function to the state machine that waits and then wakes a case. */
export function toTimers(environment: { TIMER_ARN: string }): { readonly timers: Timers } {
  const stepFunctions = new SFNClient(SDK_CLIENT);
  return {
    timers: {
      async start({ name, caseId, wakeAt, epoch }) {
        const input = JSON.stringify({ caseId, wakeAt: toIso(wakeAt), epoch });
        try {
          await stepFunctions.send(new StartExecutionCommand({ stateMachineArn: environment.TIMER_ARN, name, input }));
          return "started";
        } catch (error) {
          if (error instanceof ExecutionAlreadyExists) return "set-already";
          throw error;
        }
      },
    },
  };
}

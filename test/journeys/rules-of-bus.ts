import { DisableRuleCommand, EnableRuleCommand, type EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { DeskUnderTest } from "./start-desk.ts";

/** Rules of EventBridge that can be switched off for a while. */
export interface SwitchedRules {
  off(): Promise<void>;
  on(): Promise<void>;
}

/** The rules by which functions hear of events. */
export function rulesOfEvents(
  bus: EventBridgeClient,
  { outputs }: DeskUnderTest,
  names: readonly string[],
): SwitchedRules {
  return switched(
    bus,
    names.map((name) => ({ Name: `Ithaca-${name}`, EventBusName: outputs.BusName })),
  );
}

/** The rules by which functions run by the clock. */
export function rulesOfClock(bus: EventBridgeClient, names: readonly string[]): SwitchedRules {
  return switched(
    bus,
    names.map((name) => ({ Name: `Ithaca-${name}` })),
  );
}

function switched(
  bus: EventBridgeClient,
  rules: readonly { Name: string; EventBusName?: string | undefined }[],
): SwitchedRules {
  return {
    off: async () => {
      await Promise.all(rules.map((rule) => bus.send(new DisableRuleCommand(rule))));
    },
    on: async () => {
      await Promise.all(rules.map((rule) => bus.send(new EnableRuleCommand(rule))));
    },
  };
}

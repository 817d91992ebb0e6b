import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { Bus } from "./ports.ts";
import { SDK_CLIENT } from "./sdk-client.ts";

/** Connects a function to the event bus. */
export function toBus(environment: { BUS_NAME: string }): { readonly bus: Bus } {
  const eventBridge = new EventBridgeClient(SDK_CLIENT);
  return {
    bus: {
      async put(entries) {
        const { Entries: results = [] } = await eventBridge.send(
          new PutEventsCommand({
            Entries: entries.map((entry) => ({ ...entry, EventBusName: environment.BUS_NAME })),
          }),
        );
        return entries.flatMap((_, at) => (results[at]?.EventId === undefined ? [at] : []));
      },
    },
  };
}

import type * as z from "zod/mini";
import type { Connect } from "./connect.ts";
import { invocation } from "./invocation.ts";
import type { Manifest } from "./manifest.ts";

type ScheduleManifest = Manifest & { readonly trigger: { readonly kind: "schedule" } };

/** One run of a schedule. */
export interface Run {
  /** How long it may still take, in milliseconds: a run that has more to do leaves it to the next. */
  remainingMs(): number;
}

/** The handler of a function that runs by the clock. A fault is thrown: the next run does again what this one did not. */
export function onSchedule<const M extends ScheduleManifest, P>(
  manifest: M,
  run: (input: Run, ports: P) => Promise<unknown>,
  connect: Connect<z.output<M["env"]>, P>,
) {
  return invocation<M, unknown, Record<string, never>, P>(manifest, connect, async (_event, ports, context) => {
    await run({ remainingMs: () => context.getRemainingTimeInMillis() }, ports);
    return {};
  });
}

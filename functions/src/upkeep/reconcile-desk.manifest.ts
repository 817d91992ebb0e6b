import * as z from "zod/mini";
import { reactionEnvironment, seconds, tableEnvironment, wakeUpEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "reconcile-desk",
  trigger: { kind: "schedule", everyMinutes: 1 },
  env: z.object({
    ...tableEnvironment,
    ...wakeUpEnvironment,
    ...reactionEnvironment,
    /** How long something may be owed before it is done again. */
    RECONCILE_GRACE_SECONDS: seconds,
  }),
  needs: ["table.read", "table.write", "wake-ups.send", "reactions.send"],
  timeoutSeconds: 50,
  memoryMb: 256,
} as const satisfies Manifest;

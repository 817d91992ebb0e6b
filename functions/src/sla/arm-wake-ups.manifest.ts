import * as z from "zod/mini";
import { tableEnvironment, timerEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

/** It looks each minute and sweeps each hour, so that a desk whose epoch was bumped is armed again at once. */
export const manifest = {
  name: "arm-wake-ups",
  trigger: { kind: "schedule", everyMinutes: 1 },
  env: z.object({ ...tableEnvironment, ...timerEnvironment }),
  needs: ["table.read", "table.write", "timers.start"],
  timeoutSeconds: 60,
  memoryMb: 256,
} as const satisfies Manifest;

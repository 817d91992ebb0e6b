import * as z from "zod/mini";
import { tableEnvironment, timerEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "rewrite-projections",
  trigger: { kind: "schedule", everyMinutes: 1 },
  env: z.object({ ...tableEnvironment, ...timerEnvironment }),
  needs: ["table.read", "table.write", "timers.start"],
  timeoutSeconds: 55,
  memoryMb: 256,
} as const satisfies Manifest;

import * as z from "zod/mini";
import { tableEnvironment, timerEnvironment, wakeUpEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "wake-case",
  trigger: { kind: "queue", queue: "wake-ups" },
  env: z.object({ ...tableEnvironment, ...timerEnvironment, ...wakeUpEnvironment }),
  needs: ["table.read", "table.write", "timers.start", "wake-ups.send"],
  timeoutSeconds: 20,
  memoryMb: 512,
  maxConcurrency: 5,
} as const satisfies Manifest;

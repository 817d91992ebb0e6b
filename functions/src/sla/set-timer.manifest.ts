import { TimerOwed } from "@ithaca/contracts";
import * as z from "zod/mini";
import { tableEnvironment, timerEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "set-timer",
  trigger: { kind: "events", events: [TimerOwed] },
  env: z.object({ ...tableEnvironment, ...timerEnvironment }),
  needs: ["table.read", "table.write", "timers.start"],
  timeoutSeconds: 20,
  memoryMb: 512,
  maxConcurrency: 5,
} as const satisfies Manifest;

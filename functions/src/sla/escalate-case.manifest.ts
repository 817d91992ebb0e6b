import { EscalationOwed } from "@ithaca/contracts";
import * as z from "zod/mini";
import { tableEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "escalate-case",
  trigger: { kind: "events", events: [EscalationOwed] },
  env: z.object({ ...tableEnvironment }),
  needs: ["table.read", "table.write"],
  timeoutSeconds: 20,
  memoryMb: 512,
  maxConcurrency: 2,
} as const satisfies Manifest;

import { TriageOwed } from "@ithaca/contracts";
import * as z from "zod/mini";
import { tableEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "triage-case",
  trigger: { kind: "events", events: [TriageOwed] },
  env: z.object({ ...tableEnvironment }),
  needs: ["table.read", "table.write", "content.read"],
  timeoutSeconds: 20,
  memoryMb: 512,
  maxConcurrency: 2,
} as const satisfies Manifest;

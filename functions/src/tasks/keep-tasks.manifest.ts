import * as z from "zod/mini";
import { tableEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "keep-tasks",
  trigger: { kind: "routes", routes: ["list-tasks", "finish-task"] },
  env: z.object(tableEnvironment),
  needs: ["table.read", "table.write"],
  timeoutSeconds: 10,
  memoryMb: 512,
} as const satisfies Manifest;

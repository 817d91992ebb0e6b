import * as z from "zod/mini";
import { tableEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "receive-message",
  trigger: { kind: "route", route: "send-message" },
  env: z.object(tableEnvironment),
  needs: ["table.read", "table.write", "content.write"],
  timeoutSeconds: 15,
  memoryMb: 1024,
} as const satisfies Manifest;

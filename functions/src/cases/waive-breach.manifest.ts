import * as z from "zod/mini";
import { tableEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "waive-breach",
  trigger: { kind: "route", route: "waive-breach" },
  env: z.object(tableEnvironment),
  needs: ["table.read", "table.write"],
  timeoutSeconds: 15,
  memoryMb: 512,
} as const satisfies Manifest;

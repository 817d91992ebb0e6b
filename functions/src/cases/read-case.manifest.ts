import * as z from "zod/mini";
import { tableEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "read-case",
  trigger: { kind: "route", route: "read-case" },
  env: z.object(tableEnvironment),
  needs: ["table.read", "content.read"],
  timeoutSeconds: 15,
  memoryMb: 512,
} as const satisfies Manifest;

import * as z from "zod/mini";
import { tableEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "report-attainment",
  trigger: { kind: "route", route: "report-attainment" },
  env: z.object(tableEnvironment),
  needs: ["table.read"],
  timeoutSeconds: 20,
  memoryMb: 512,
} as const satisfies Manifest;

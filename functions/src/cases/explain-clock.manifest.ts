import * as z from "zod/mini";
import { tableEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "explain-clock",
  trigger: { kind: "routes", routes: ["explain-clock", "draw-clock"] },
  env: z.object(tableEnvironment),
  needs: ["table.read"],
  timeoutSeconds: 10,
  memoryMb: 512,
} as const satisfies Manifest;

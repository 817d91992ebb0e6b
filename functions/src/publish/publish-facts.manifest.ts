import * as z from "zod/mini";
import { busEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "publish-facts",
  trigger: { kind: "stream" },
  env: z.object(busEnvironment),
  needs: ["events.publish"],
  timeoutSeconds: 30,
  memoryMb: 512,
} as const satisfies Manifest;

import * as z from "zod/mini";
import { tableEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "keep-rules",
  trigger: { kind: "routes", routes: ["list-policy-versions", "read-policy-version", "apply-policy"] },
  env: z.object(tableEnvironment),
  needs: ["table.read", "table.write"],
  timeoutSeconds: 15,
  memoryMb: 512,
} as const satisfies Manifest;

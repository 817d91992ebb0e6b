import * as z from "zod/mini";
import { deskEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "publish-api",
  trigger: { kind: "pages", pages: ["show-api", "show-openapi", "show-policy-schema", "show-cases-schema"] },
  env: z.object(deskEnvironment),
  needs: [],
  timeoutSeconds: 10,
  memoryMb: 512,
} as const satisfies Manifest;

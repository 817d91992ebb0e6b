import * as z from "zod/mini";
import { previewEnvironment, tableEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "preview-rules",
  trigger: { kind: "routes", routes: ["start-preview", "read-preview"] },
  env: z.object({ ...tableEnvironment, ...previewEnvironment }),
  needs: ["table.read", "table.write", "previews.send"],
  timeoutSeconds: 15,
  memoryMb: 512,
} as const satisfies Manifest;

import * as z from "zod/mini";
import { previewEnvironment, tableEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "fold-cases",
  trigger: { kind: "queue", queue: "previews" },
  env: z.object({ ...tableEnvironment, ...previewEnvironment }),
  needs: ["table.read", "table.write", "previews.send"],
  timeoutSeconds: 60,
  memoryMb: 1024,
  // So many months at once: the desk's own reads go first.
  maxConcurrency: 4,
} as const satisfies Manifest;

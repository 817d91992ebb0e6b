import * as z from "zod/mini";
import { tableEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "combine-cases",
  trigger: { kind: "routes", routes: ["merge-case", "unmerge-case", "split-case"] },
  env: z.object(tableEnvironment),
  needs: ["table.read", "table.write", "content.read"],
  timeoutSeconds: 15,
  memoryMb: 512,
} as const satisfies Manifest;

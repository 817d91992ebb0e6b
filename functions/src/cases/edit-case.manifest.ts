import * as z from "zod/mini";
import { tableEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "edit-case",
  trigger: {
    kind: "routes",
    routes: [
      "change-team",
      "change-status",
      "change-tags",
      "change-fields",
      "change-marks",
      "change-collaborators",
      "add-participant",
      "remove-participant",
      "link-case",
      "unlink-case",
    ],
  },
  env: z.object(tableEnvironment),
  needs: ["table.read", "table.write"],
  timeoutSeconds: 15,
  memoryMb: 512,
} as const satisfies Manifest;

import * as z from "zod/mini";
import { tableEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "reckon-business-time",
  trigger: {
    kind: "routes",
    routes: [
      "list-calendars",
      "read-calendar",
      "list-openings",
      "find-opening",
      "add-open-time",
      "measure-open-time",
      "explain-open-time",
      "read-coverage",
    ],
  },
  env: z.object(tableEnvironment),
  needs: ["table.read"],
  timeoutSeconds: 10,
  memoryMb: 512,
} as const satisfies Manifest;

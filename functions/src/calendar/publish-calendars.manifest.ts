import * as z from "zod/mini";
import { deskEnvironment, tableEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "publish-calendars",
  trigger: { kind: "pages", pages: ["show-calendars", "show-calendar", "draw-coverage"] },
  env: z.object({ ...tableEnvironment, ...deskEnvironment }),
  needs: ["table.read"],
  timeoutSeconds: 10,
  memoryMb: 512,
} as const satisfies Manifest;

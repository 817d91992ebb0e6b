import * as z from "zod/mini";
import { tableEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

export const manifest = {
  name: "keep-directory",
  trigger: {
    kind: "routes",
    routes: [
      "read-account",
      "put-account",
      "find-person",
      "read-person",
      "put-person",
      "read-principal",
      "put-agent",
      "put-channel",
    ],
  },
  env: z.object(tableEnvironment),
  // A person's address that is taken away is free again.
  needs: ["table.read", "table.write", "table.delete"],
  timeoutSeconds: 15,
  memoryMb: 512,
} as const satisfies Manifest;

import { MailOwed } from "@ithaca/contracts";
import * as z from "zod/mini";
import { deskEnvironment, mailEnvironment, tableEnvironment } from "../runtime/environment.ts";
import type { Manifest } from "../runtime/manifest.ts";

/** Two batches at once: SES limits how many mails an account sends in a second. */
const AT_ONCE_MAX = 2;

export const manifest = {
  name: "send-mail",
  trigger: { kind: "events", events: [MailOwed] },
  env: z.object({ ...tableEnvironment, ...mailEnvironment, ...deskEnvironment }),
  needs: ["table.read", "table.write", "content.read", "mail.send"],
  timeoutSeconds: 20,
  memoryMb: 512,
  maxConcurrency: AT_ONCE_MAX,
} as const satisfies Manifest;

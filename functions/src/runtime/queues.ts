import { CaseId, Instant } from "@ithaca/domain";
import * as z from "zod/mini";
import type { QueueName } from "./manifest.ts";

/** The message that a timer or a function sends to wake a case. A wake-up of an older epoch does not count. */
export const WakeUp = z.object({ caseId: CaseId, wakeAt: Instant, epoch: z.int().check(z.gte(1)) });
export type WakeUp = z.infer<typeof WakeUp>;

/** The message by which the next page of a preview's month is asked for. */
export const PreviewPage = z.object({
  previewId: z.string().check(z.maxLength(64)),
  month: z.string().check(z.regex(/^\d{4}-\d{2}$/)),
});
export type PreviewPage = z.infer<typeof PreviewPage>;

/** What travels on each queue that is written to by name. */
export const QUEUE_MESSAGES = { "wake-ups": WakeUp, previews: PreviewPage } as const satisfies Record<
  QueueName,
  z.ZodMiniType
>;
export type QueueMessage<Queue extends QueueName> = z.infer<(typeof QUEUE_MESSAGES)[Queue]>;

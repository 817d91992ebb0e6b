import { CaseId, Instant } from "@ithaca/domain";
import * as z from "zod/mini";
import type { QueueName } from "./manifest.ts";

/** The message that a timer or a function sends to wake a case. A wake-up of an older epoch does not count. */
export const WakeUp = z.object({ caseId: CaseId, wakeAt: Instant, epoch: z.int().check(z.gte(1)) });
export type WakeUp = z.infer<typeof WakeUp>;

/** What travels on each queue that is written to by name. */
export const QUEUE_MESSAGES = { "wake-ups": WakeUp } as const satisfies Record<QueueName, z.ZodMiniType>;
export type QueueMessage<Queue extends QueueName> = z.infer<(typeof QUEUE_MESSAGES)[Queue]>;

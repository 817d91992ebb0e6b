import type { EventEntry } from "@ithaca/contracts";
import * as z from "zod/mini";

/** An event as rules and queues carry it; what EventBridge puts around it besides is of no use here. */
export const Envelope = z.object({
  source: z.string(),
  "detail-type": z.string(),
  detail: z.unknown(),
});
export type Envelope = z.infer<typeof Envelope>;

/** The body of a queue's record, as a rule of the bus would have written it of this event. */
export function queueBody({ Source, DetailType, Detail }: EventEntry): string {
  const envelope: Envelope = { source: Source, "detail-type": DetailType, detail: JSON.parse(Detail) };
  return JSON.stringify(envelope);
}

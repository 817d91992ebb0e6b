import { Instant } from "@ithaca/domain";
import * as z from "zod/mini";
import type { ChangeReceipt, Receipt } from "../ports/cases.ts";

const StoredReceipt = z.object({
  caseId: z.string(),
  number: z.string(),
  messageId: z.string(),
  joined: z.boolean(),
  priority: z.exactOptional(z.string()),
  team: z.exactOptional(z.string()),
  dueAt: z.exactOptional(Instant),
  receivedAt: Instant,
});

const StoredChangeReceipt = z.object({
  caseId: z.string(),
  version: z.int(),
  messageId: z.exactOptional(z.string()),
  openedCaseId: z.exactOptional(z.string()),
});

/** A receipt as it is stored. */
export function storedReceipt(receipt: Receipt | ChangeReceipt): Readonly<Record<string, unknown>> {
  return isReceipt(receipt) ? z.encode(StoredReceipt, receipt) : z.encode(StoredChangeReceipt, receipt);
}

/** What intake answered. Throws when it was a change that did. */
export function receiptOf(stored: unknown): Receipt {
  return z.decode(StoredReceipt, stored as z.input<typeof StoredReceipt>);
}

/** What intake or a change answered. */
export function anyReceiptOf(stored: unknown): Receipt | ChangeReceipt {
  const isIntakes = typeof stored === "object" && stored !== null && "number" in stored;
  return isIntakes ? receiptOf(stored) : z.decode(StoredChangeReceipt, stored as z.input<typeof StoredChangeReceipt>);
}

/** Whether a receipt is intake's and not a change's. */
export function isReceipt(receipt: Receipt | ChangeReceipt): receipt is Receipt {
  return "number" in receipt;
}

import { createHash } from "node:crypto";

const DIGITS = 32;

/** The id of the preview that somebody named by an Idempotency-Key: the same request again is the same preview. */
export function previewIdOf(principalId: string, key: string): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([principalId, key]))
    .digest("hex");
  return `prev_${digest.slice(0, DIGITS)}`;
}

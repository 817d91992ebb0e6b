import * as z from "zod/mini";

/** The version of a case as HTTP carries it: `"3"` in ETag and If-Match, 3 in memory. */
export const VersionTag = z.codec(
  z.string().check(z.regex(/^"[1-9][0-9]{0,14}"$/, 'a case\'s version in quotation marks, such as "3"')),
  z.int().check(z.gte(1)),
  { decode: (tag) => Number(tag.slice(1, -1)), encode: (version) => `"${version}"` },
);

export const IDEMPOTENCY_KEY_MAX_LENGTH = 200;

/** What the caller names one request by, so that its repeat is answered and not done again. */
export const IdempotencyKey = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(IDEMPOTENCY_KEY_MAX_LENGTH),
    z.regex(/^[\x20-\x7e]*$/, "printable ASCII characters only"),
  );

/** Headers of a request that makes something: lower-case names, as API Gateway gives them. Others are ignored. */
export const SendHeaders = z.object({ "idempotency-key": z.optional(IdempotencyKey) });

/**
 * Headers of a request that changes a case. `if-match` is optional here for its absence is no invalid request but has
 * an answer of its own (version-needed, 428).
 */
export const ChangeHeaders = z.object({
  "idempotency-key": z.optional(IdempotencyKey),
  "if-match": z.optional(VersionTag),
});

/** Set to "true" on the answer to a repeat of a request that was done before. */
export const REPLAYED_HEADER = "Idempotent-Replayed";

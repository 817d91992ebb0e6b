import type { ProblemCode } from "@ithaca/contracts";

/** The largest body of a request, in bytes. */
export const BODY_MAX_BYTES = 1_000_000;

type ReadBody = { readonly json: unknown } | { readonly refused: Extract<ProblemCode, "too-large" | "invalid-json"> };

/** The JSON object of a request's body, as API Gateway hands it over; an absent body reads as an empty object. */
export function readBody(body: string | undefined, isBase64Encoded: boolean): ReadBody {
  if (body === undefined || body === "") return { json: {} };
  const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  if (bytes.byteLength > BODY_MAX_BYTES) return { refused: "too-large" };

  try {
    const json: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return json !== null && typeof json === "object" && !Array.isArray(json) ? { json } : { refused: "invalid-json" };
  } catch {
    return { refused: "invalid-json" };
  }
}

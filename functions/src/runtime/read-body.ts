import { fieldError } from "@ithaca/contracts";
import { memberGivenTwice } from "./member-given-twice.ts";
import { type No, no } from "./request.ts";

/** The largest body of a request, in bytes. */
export const BODY_MAX_BYTES = 1_000_000;

/**
 * The JSON object of a request's body, as API Gateway hands it over; an absent body reads as an empty object. A member
 * that is given twice is refused: two readers of the same bytes could take either.
 */
export function readBody(body: string | undefined, isBase64Encoded: boolean): { readonly json: object } | No {
  if (body === undefined || body === "") return { json: {} };
  const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  if (bytes.byteLength > BODY_MAX_BYTES) return no("too-large");
  const read = readObject(bytes);
  if (read === undefined) return no("invalid-json");
  const path = memberGivenTwice(read.text);
  return path === undefined
    ? { json: read.json }
    : no("invalid-request", { errors: [fieldError(path, "is given twice")] });
}

function readObject(bytes: Uint8Array): { text: string; json: object } | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const json: unknown = JSON.parse(text);
    return json !== null && typeof json === "object" && !Array.isArray(json) ? { text, json } : undefined;
  } catch {
    return undefined;
  }
}

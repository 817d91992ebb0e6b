import { connect } from "../runtime/connect.ts";
import { onRequest } from "../runtime/on-request.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { manifest } from "./read-self.manifest.ts";

/** Says who the caller is to the desk. */
export async function readSelf({ principal, may }: Asked<"read-self">): Promise<Answer<"read-self">> {
  return may({ kind: "desk" }) ? { status: 200, body: principal } : no("not-there");
}

export const handler = onRequest(manifest, readSelf, connect(toTable));
